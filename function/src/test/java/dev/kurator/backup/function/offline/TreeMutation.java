package dev.kurator.backup.function.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes objects at random places, to what nobody would write and what somebody might. */
final class TreeMutation {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** What has a meaning somewhere, or has broken a reader before. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "default",
          "paris",
          "berlin",
          "europe",
          "Completed",
          "PartiallyFailed",
          "Pending",
          "Running",
          "Delete",
          "*",
          "a@b",
          "../..",
          "0s",
          "-1h",
          "9999999h",
          "2540400h10m10.000000000s",
          "@every 1s",
          "0 0 30 2 *",
          "*/7 * * * *",
          "CRON_TZ=Nowhere/City 0 0 * * *",
          "2026-13-01T00:00:00Z",
          "2026-01-01T11:59:59Z",
          "\u0000\uFFFD",
          "ä☃🚀",
          "x".repeat(300),
          "<&>\"\\".repeat(50));

  private static final int DEEP = 300;

  private final Random random;

  TreeMutation(Random random) {
    this.random = random;
  }

  /**
   * Changes one thing.
   *
   * @param root changed in place
   * @param below the field of the root in or below which it happens
   */
  void mutate(ObjectNode root, String below) {
    List<JsonNode> containers = new ArrayList<>();
    collect(root.path(below), containers);
    int chosen = random.nextInt(containers.size() + 1);
    if (chosen == containers.size()) {
      replace(root, below);
      return;
    }
    switch (containers.get(chosen)) {
      case ObjectNode object -> mutate(object);
      case ArrayNode array -> mutate(array);
      default -> throw new AssertionError(containers.get(chosen));
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private void mutate(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.isEmpty() ? text() : names.get(random.nextInt(names.size()));
    switch (random.nextInt(6)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(text(), object.path(name).deepCopy());
      case 2 -> object.set(name, object.path(names.isEmpty() ? name : names.getLast()).deepCopy());
      default -> replace(object, name);
    }
  }

  private void replace(ObjectNode object, String name) {
    object.set(name, value(object.path(name)));
  }

  private void mutate(ArrayNode array) {
    int at = array.isEmpty() ? 0 : random.nextInt(array.size());
    switch (array.isEmpty() ? 0 : random.nextInt(4)) {
      case 0 -> array.add(value(array.path(at)));
      case 1 -> array.remove(at);
      case 2 -> array.insert(at, array.get(at).deepCopy());
      default -> array.set(at, value(array.get(at)));
    }
  }

  private JsonNode value(JsonNode before) {
    return switch (random.nextInt(12)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt(-2, 3));
      case 3 -> NODES.numberNode(random.nextBoolean() ? Double.NaN : 1e300 * random.nextGaussian());
      case 4 -> NODES.arrayNode();
      case 5 -> NODES.objectNode();
      case 6 -> NODES.arrayNode().add(before.deepCopy());
      case 7 -> NODES.objectNode().set(text(), before.deepCopy());
      case 8 -> random.nextInt(20) == 0 ? deep() : NODES.textNode(misspelt(before.asText()));
      default -> NODES.textNode(text());
    };
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private String misspelt(String text) {
    int at = random.nextInt(text.length() + 1);
    return text.substring(0, at)
        + (char) random.nextInt(32, 127)
        + text.substring(Math.min(text.length(), at + random.nextInt(3)));
  }

  private static JsonNode deep() {
    JsonNode node = NODES.objectNode();
    for (int i = 0; i < DEEP; i++) {
      node = i % 2 == 0 ? NODES.arrayNode().add(node) : NODES.objectNode().set("a", node);
    }
    return node;
  }
}
