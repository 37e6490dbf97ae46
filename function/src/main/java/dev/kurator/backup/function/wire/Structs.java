package dev.kurator.backup.function.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;

/** Protobuf's Struct and Jackson's tree, one into the other, without JSON text in between. */
public final class Structs {

  /** Largest integer that a double holds exactly; Structs know no integers. */
  private static final double LARGEST_EXACT = 9_007_199_254_740_992d;

  private Structs() {}

  /** The same object as a tree; whole numbers become integers. */
  public static ObjectNode toTree(Struct struct) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    struct.getFieldsMap().forEach((name, value) -> object.set(name, toTree(value)));
    return object;
  }

  /** One field as a tree, without the cost of all the others; missing where it is absent. */
  static JsonNode toTree(Struct struct, String field) {
    Value value = struct.getFieldsMap().get(field);
    return value == null ? MissingNode.getInstance() : toTree(value);
  }

  /** A text below an object; empty where it is absent or no text. */
  static String text(Struct struct, String... path) {
    Struct at = struct;
    for (int i = 0; i < path.length - 1; i++) {
      at = at.getFieldsOrDefault(path[i], Value.getDefaultInstance()).getStructValue();
    }
    return at.getFieldsOrDefault(path[path.length - 1], Value.getDefaultInstance())
        .getStringValue();
  }

  /** The same object as a Struct, its fields in the same order. */
  public static Struct toStruct(JsonNode object) {
    Struct.Builder struct = Struct.newBuilder();
    object
        .properties()
        .forEach(field -> struct.putFields(field.getKey(), toValue(field.getValue())));
    return struct.build();
  }

  private static JsonNode toTree(Value value) {
    return switch (value.getKindCase()) {
      case STRUCT_VALUE -> toTree(value.getStructValue());
      case LIST_VALUE -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        value.getListValue().getValuesList().forEach(item -> array.add(toTree(item)));
        yield array;
      }
      case STRING_VALUE -> TextNode.valueOf(value.getStringValue());
      case BOOL_VALUE -> BooleanNode.valueOf(value.getBoolValue());
      case NUMBER_VALUE -> number(value.getNumberValue());
      case NULL_VALUE, KIND_NOT_SET -> NullNode.getInstance();
    };
  }

  private static JsonNode number(double number) {
    return Math.rint(number) == number && Math.abs(number) <= LARGEST_EXACT
        ? LongNode.valueOf((long) number)
        : DoubleNode.valueOf(number);
  }

  private static Value toValue(JsonNode node) {
    Value.Builder value = Value.newBuilder();
    switch (node.getNodeType()) {
      case OBJECT -> value.setStructValue(toStruct(node));
      case ARRAY -> {
        ListValue.Builder list = ListValue.newBuilder();
        node.forEach(item -> list.addValues(toValue(item)));
        value.setListValue(list);
      }
      case STRING -> value.setStringValue(node.textValue());
      case BOOLEAN -> value.setBoolValue(node.booleanValue());
      case NUMBER -> value.setNumberValue(node.doubleValue());
      case NULL, MISSING -> value.setNullValue(NullValue.NULL_VALUE);
      case BINARY, POJO ->
          throw new IllegalArgumentException("no JSON value: " + node.getNodeType());
    }
    return value.build();
  }
}
