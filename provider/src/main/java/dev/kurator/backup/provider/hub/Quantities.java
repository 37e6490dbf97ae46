package dev.kurator.backup.provider.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.apis.managed.UnreadableField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Quantities of cpu and memory. fabric8 decodes some that it cannot compare, so that every equals
 * fails, and some whose value fills the memory.
 */
final class Quantities {

  /** What a field of theirs takes. */
  static final String EXPECTED = "a quantity such as 512Mi or 250m";

  /** Kubernetes' own form (apimachinery pkg/api/resource), with fewer digits. */
  private static final Pattern FORM =
      Pattern.compile(
          "[+-]?([0-9]{1,18}([.][0-9]{0,18})?|[.][0-9]{1,18})"
              + "([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,2})?");

  private Quantities() {}

  /**
   * Takes out those that cannot be read.
   *
   * @param resources changed in place
   * @param path where they are
   */
  static List<UnreadableField> cut(JsonNode resources, List<String> path) {
    List<UnreadableField> problems = new ArrayList<>();
    for (String part : List.of("limits", "requests")) {
      if (resources.path(part) instanceof ObjectNode amounts) {
        List<String> at = ReadableValues.step(path, part);
        for (Map.Entry<String, JsonNode> amount : List.copyOf(amounts.properties())) {
          JsonNode value = amount.getValue();
          if (!value.isValueNode() || !FORM.matcher(value.asText()).matches()) {
            amounts.remove(amount.getKey());
            problems.add(
                new UnreadableField(
                    ReadableValues.step(at, amount.getKey()),
                    Expected.problem(value, EXPECTED),
                    value.toString()));
          }
        }
      }
    }
    return problems;
  }
}
