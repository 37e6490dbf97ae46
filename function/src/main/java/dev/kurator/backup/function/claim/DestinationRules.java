package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.Destination;
import dev.kurator.backup.apis.managed.Names;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which members a claim may ask for. */
final class DestinationRules {

  private DestinationRules() {}

  /** What a destination selects; empty where the claim names none. */
  static Optional<Selection> read(
      @Nullable Destination destination, String field, Problems problems) {
    if (destination == null) {
      return Optional.empty();
    }
    Map<String, String> labels =
        destination.clusterSelector() == null
            ? Map.of()
            : destination.clusterSelector().matchLabels();
    problems.require(!destination.fleet().isEmpty(), field + ".fleet", "is empty; name a fleet");
    LabelSyntax.checkValue(destination.fleet(), field + ".fleet", problems);
    LabelSyntax.check(labels, field + ".clusterSelector.matchLabels", problems);
    String other = labels.getOrDefault(Names.FLEET_LABEL, destination.fleet());
    problems.require(
        other.equals(destination.fleet()),
        field + ".clusterSelector.matchLabels",
        "names the fleet "
            + Problems.shown(other)
            + " beside "
            + Problems.shown(destination.fleet())
            + "; a member has one fleet, so name it in fleet alone");
    return Optional.of(new Selection(destination.fleet(), labels));
  }
}
