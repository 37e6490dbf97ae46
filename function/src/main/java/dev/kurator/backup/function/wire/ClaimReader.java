package dev.kurator.backup.function.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kurator.backup.apis.claim.BackupSpec;
import dev.kurator.backup.apis.claim.BackupStatus;
import dev.kurator.backup.function.claim.BackupClaim;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.Problem;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.Earlier;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.render.ClaimCondition;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Decodes the observed composite. */
final class ClaimReader {

  static final String API_VERSION = "backup.kurator.dev/v1alpha1";
  static final String KIND = "Backup";

  /** Where Crossplane keeps its own notes in a composite's spec. */
  private static final Set<String> CROSSPLANES_OWN = Set.of("crossplane");

  private ClaimReader() {}

  static Claim read(JsonNode composite, InstantSource clock) throws UnreadableException {
    String apiVersion = composite.path("apiVersion").asText();
    String kind = composite.path("kind").asText();
    if (!apiVersion.equals(API_VERSION) || !kind.equals(KIND)) {
      throw new UnreadableException(
          "this function handles composites "
              + KIND
              + " of "
              + API_VERSION
              + ", not \""
              + kind
              + "\" of \""
              + apiVersion
              + "\"; remove it from the pipeline of that composite");
    }
    ClaimId id = id(composite);
    BackupStatus status =
        Records.read(composite.path("status"), BackupStatus.class, "the claim's status");
    Operation.Kind asked =
        composite.path("spec").hasNonNull("schedule")
            ? Operation.Kind.Schedule
            : Operation.Kind.Backup;
    return new Claim(
        id,
        asked,
        verdict(id, composite.path("spec")),
        Earlier.of(status, asked),
        conditions(composite.path("status").path("conditions")),
        StartDeadline.hasPassed(composite, clock));
  }

  /** The one place that knows where a claim's namespace comes from. */
  private static ClaimId id(JsonNode composite) throws UnreadableException {
    String namespace = composite.path("metadata").path("namespace").asText();
    String name = composite.path("metadata").path("name").asText();
    if (namespace.isEmpty() || name.isEmpty()) {
      throw new UnreadableException(
          KIND + " \"" + name + "\" has no namespace; its definition must be of scope Namespaced");
    }
    return new ClaimId(KIND, namespace, name);
  }

  private static Verdict verdict(ClaimId id, JsonNode spec) throws UnreadableException {
    List<Problem> mismatches = Shape.mismatches(spec, BackupSpec.class, "spec", CROSSPLANES_OWN);
    return mismatches.isEmpty()
        ? BackupClaim.read(id, Records.read(spec, BackupSpec.class, "spec"))
        : new Verdict.Invalid(mismatches);
  }

  private static List<ClaimCondition> conditions(JsonNode conditions) {
    List<ClaimCondition> read = new ArrayList<>();
    for (JsonNode condition : conditions) {
      ClaimCondition.Status status =
          switch (condition.path("status").asText()) {
            case "True" -> ClaimCondition.Status.True;
            case "False" -> ClaimCondition.Status.False;
            default -> ClaimCondition.Status.Unknown;
          };
      read.add(
          new ClaimCondition(
              condition.path("type").asText(),
              status,
              condition.path("reason").asText(),
              condition.path("message").asText()));
    }
    return read;
  }
}
