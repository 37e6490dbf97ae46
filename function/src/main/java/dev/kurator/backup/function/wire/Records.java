package dev.kurator.backup.function.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Trees and the records of {@code apis}, one into the other. */
final class Records {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // Of values only: an empty label value says something.
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.USE_DEFAULTS))
          .build();

  private Records() {}

  /**
   * Reads a record; absent means an empty object, unknown fields are ignored.
   *
   * @param what names the object in the message of a failure
   */
  static <T extends Record> T read(JsonNode tree, Class<T> type, String what)
      throws UnreadableException {
    JsonNode present =
        tree.isMissingNode() || tree.isNull() ? JsonNodeFactory.instance.objectNode() : tree;
    try {
      return MAPPER.treeToValue(present, type);
    } catch (JsonProcessingException e) {
      throw new UnreadableException("cannot read " + what, e);
    }
  }

  /** The record as a tree, without what is absent or empty. */
  static JsonNode write(Record value) {
    return MAPPER.valueToTree(value);
  }
}
