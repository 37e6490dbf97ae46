package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.managed.Names;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which members a policy is for.
 *
 * @param fleet value of the fleet label
 * @param matchLabels further labels of the members
 */
public record Selection(String fleet, Map<String, String> matchLabels) {

  /** Sorts the labels. */
  public Selection {
    matchLabels = Absent.orEmpty(matchLabels);
  }

  /** Every label that a member must carry, the fleet's included, sorted by key. */
  public Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>(matchLabels);
    labels.put(Names.FLEET_LABEL, fleet);
    return labels;
  }

  /** The labels as a user would type them after {@code kubectl get -l}. */
  public String selector() {
    return labels().entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }
}
