package dev.kurator.backup.function.wire;

import dev.kurator.backup.apis.claim.BackupSpec;
import dev.kurator.backup.apis.claim.BackupStatus;
import dev.kurator.backup.function.claim.BackupClaim;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.Problem;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.Earlier;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.render.ClaimCondition;
import dev.kurator.backup.function.wire.struct.MalformedException;
import dev.kurator.backup.function.wire.struct.StructBytes;
import dev.kurator.backup.function.wire.struct.StructTree;
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

  static Claim read(StructBytes composite, InstantSource clock) throws UnreadableException {
    try {
      requireBackup(composite.text("apiVersion"), composite.text("kind"));
      ClaimId id = id(composite.struct("metadata"));
      StructBytes spec = composite.struct("spec");
      Operation.Kind asked = spec.has("schedule") ? Operation.Kind.Schedule : Operation.Kind.Backup;
      StructBytes status = composite.struct("status");
      return new Claim(
          id,
          asked,
          verdict(id, spec),
          Earlier.of(status.as("status", BackupStatus.class), asked),
          conditions(status),
          StartDeadline.hasPassed(composite, clock));
    } catch (MalformedException e) {
      throw new UnreadableException("cannot read the claim", e);
    }
  }

  private static void requireBackup(String apiVersion, String kind) throws UnreadableException {
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
  }

  /** The one place that knows where a claim's namespace comes from. */
  private static ClaimId id(StructBytes metadata) throws UnreadableException, MalformedException {
    String namespace = metadata.text("namespace");
    String name = metadata.text("name");
    if (namespace.isEmpty() || name.isEmpty()) {
      throw new UnreadableException(
          KIND + " \"" + name + "\" has no namespace; its definition must be of scope Namespaced");
    }
    return new ClaimId(KIND, namespace, name);
  }

  private static Verdict verdict(ClaimId id, StructBytes spec) throws MalformedException {
    List<Problem> mismatches =
        Shape.mismatches(StructTree.read(spec), BackupSpec.class, "spec", CROSSPLANES_OWN);
    return mismatches.isEmpty()
        ? BackupClaim.read(id, spec.as("spec", BackupSpec.class))
        : new Verdict.Invalid(mismatches);
  }

  private static List<ClaimCondition> conditions(StructBytes status) throws MalformedException {
    List<ClaimCondition> read = new ArrayList<>();
    for (StructBytes condition : status.structs("conditions")) {
      ClaimCondition.Status value =
          switch (condition.text("status")) {
            case "True" -> ClaimCondition.Status.True;
            case "False" -> ClaimCondition.Status.False;
            default -> ClaimCondition.Status.Unknown;
          };
      read.add(
          new ClaimCondition(
              condition.text("type"), value, condition.text("reason"), condition.text("message")));
    }
    return read;
  }
}
