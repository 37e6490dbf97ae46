package dev.kurator.backup.function.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.TreeMap;

/** Protobuf's Struct and Jackson's tree, one into the other, without JSON text in between. */
public final class Structs {

  /** Largest integer that a double holds exactly; Structs know no integers. */
  private static final double LARGEST_EXACT = 9_007_199_254_740_992d;

  private Structs() {}

  /** The same object as a tree, its fields sorted; whole numbers become integers. */
  public static ObjectNode toTree(Struct struct) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(struct.getFieldsMap()).forEach((name, value) -> object.set(name, toTree(value)));
    return object;
  }

  /** The same object as a Struct, its fields sorted. */
  public static Struct toStruct(JsonNode object) {
    TreeMap<String, Value> fields = new TreeMap<>();
    object.properties().forEach(field -> fields.put(field.getKey(), toValue(field.getValue())));
    return Struct.newBuilder().putAllFields(fields).build();
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
