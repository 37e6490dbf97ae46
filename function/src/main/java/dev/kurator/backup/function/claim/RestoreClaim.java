package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.RestorePolicy;
import dev.kurator.backup.apis.claim.RestorePolicyEntry;
import dev.kurator.backup.apis.claim.RestoreSpec;
import dev.kurator.backup.apis.syntax.DurationLimit;
import dev.kurator.backup.apis.syntax.Syntax;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a Restore's spec; checks also what its schema would refuse, for the offline plan. */
public final class RestoreClaim {

  private static final Pattern NAME = Pattern.compile(Syntax.DNS_SUBDOMAIN);
  private static final Pattern POLICY = Pattern.compile(Syntax.DNS_LABEL);
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_NAME = 253;

  private final Problems problems = new Problems();

  private RestoreClaim() {}

  /**
   * Reads a claim.
   *
   * @param id the claim
   * @param spec as decoded, defaults not applied
   * @return the intent, or every problem in the order of the fields
   */
  public static Verdict read(ClaimId id, RestoreSpec spec) {
    return new RestoreClaim().verdict(id, spec);
  }

  private Verdict verdict(ClaimId id, RestoreSpec spec) {
    problems.requireLabel(id);
    problems.requireSyntax(
        spec.backupName(), NAME, LONGEST_LABEL, "spec.backupName", "is not the name of a Backup");
    List<RestoreIntent.Part> parts = parts(spec.policies());
    Optional<Selection> destination =
        DestinationRules.read(spec.destination(), "spec.destination", problems);
    problems.requireSyntax(
        spec.sourceCluster(),
        NAME,
        LONGEST_NAME,
        "spec.sourceCluster",
        "is not the name of a member");
    problems.require(
        spec.sourceCluster() == null || destination.isPresent(),
        "spec.sourceCluster",
        "says whose backups to restore on other members; name those in spec.destination");
    problems.requireSyntax(
        spec.run(), NAME, LONGEST_NAME, "spec.run", "is not the name of a Velero Backup");
    problems.requireDuration(spec.startDeadline(), DurationLimit.Wait, "spec.startDeadline");
    SchemaBounds.check(spec, "spec", problems);
    if (!problems.all().isEmpty()) {
      return new Verdict.Invalid(problems.all());
    }
    return new Verdict.Valid(
        new RestoreIntent(
            spec.backupName(),
            parts,
            destination,
            spec.sourceCluster(),
            spec.run(),
            Objects.requireNonNullElse(spec.startDeadline(), Timing.Once.DEFAULT_START_DEADLINE)));
  }

  private List<RestoreIntent.Part> parts(List<RestorePolicyEntry> entries) {
    List<RestoreIntent.Part> parts = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      RestorePolicyEntry entry = entries.get(i);
      String field = "spec.policies[" + i + "]";
      problems.requireSyntax(
          entry.name(), POLICY, LONGEST_LABEL, field + ".name", "is not the name of a policy");
      Integer first = seen.putIfAbsent(entry.name(), i);
      problems.require(
          first == null,
          field + ".name",
          Problems.shown(entry.name())
              + " is already the name of spec.policies["
              + first
              + "]; a Restore takes each policy of the Backup once");
      RestorePolicy how = Objects.requireNonNullElse(entry.policy(), RestorePolicy.UNSET);
      RestoreRules.check(how, field + ".policy", problems);
      parts.add(new RestoreIntent.Part(entry.name(), how));
    }
    return parts;
  }
}
