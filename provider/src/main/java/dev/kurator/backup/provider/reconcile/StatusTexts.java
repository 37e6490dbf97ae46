package dev.kurator.backup.provider.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kurator.backup.apis.syntax.PlainText;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;

/**
 * All texts of a status, as they may be shown: a member may say megabytes, and an object of more
 * than 1.5 MiB can't be written at all.
 */
final class StatusTexts {

  private StatusTexts() {}

  /** The same status with plain texts, cut in length and number. */
  @SuppressWarnings("unchecked") // a status is of its own class
  static <S> S plain(S status, KubernetesSerialization json) {
    JsonNode tree = json.convertValue(status, JsonNode.class);
    JsonNode plain = plain(tree);
    return plain.equals(tree) ? status : (S) json.convertValue(plain, status.getClass());
  }

  private static JsonNode plain(JsonNode node) {
    return switch (node) {
      case TextNode text -> TextNode.valueOf(PlainText.of(text.textValue()));
      case ArrayNode array -> array(array);
      case ObjectNode object -> {
        ObjectNode plain = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(field -> plain.set(field.getKey(), plain(field.getValue())));
        yield plain;
      }
      default -> node;
    };
  }

  private static ArrayNode array(ArrayNode array) {
    ArrayNode plain = JsonNodeFactory.instance.arrayNode();
    List<String> texts = new ArrayList<>();
    for (JsonNode item : array) {
      if (item.isTextual()) {
        texts.add(item.textValue());
      }
    }
    if (texts.size() == array.size()) {
      PlainText.of(texts).forEach(plain::add);
    } else {
      array.forEach(item -> plain.add(plain(item)));
    }
    return plain;
  }
}
