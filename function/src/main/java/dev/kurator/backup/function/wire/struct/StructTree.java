package dev.kurator.backup.function.wire.struct;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The bytes of a Struct and Jackson's tree, one into the other, for what is not known by type. */
public final class StructTree {

  /** Far beyond what any object of Kubernetes has, and far below what ends a thread. */
  static final int DEEPEST = 200;

  private StructTree() {}

  /** The object as a tree; whole numbers become integers. */
  public static ObjectNode read(StructBytes struct) throws MalformedException {
    return object(struct, 0);
  }

  /**
   * The same, of bytes that are known to be a Struct.
   *
   * @throws IllegalArgumentException when they are none
   */
  public static ObjectNode read(ByteString struct) {
    try {
      return read(StructBytes.of(struct));
    } catch (MalformedException e) {
      throw new IllegalArgumentException("not a Struct: " + e.getMessage(), e);
    }
  }

  /** The same object as an encoded Struct, its fields in the same order. */
  public static ByteString write(JsonNode object) {
    StructWriter writer = new StructWriter();
    writeFields(object, writer);
    return writer.take();
  }

  private static ObjectNode object(StructBytes struct, int depth) throws MalformedException {
    if (depth > DEEPEST) {
      throw new MalformedException("deeper than " + DEEPEST + " levels");
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    Fields fields = struct.fields();
    while (fields.next()) {
      object.set(fields.name(), node(fields.value(), depth));
    }
    return object;
  }

  private static JsonNode node(StructValue value, int depth) throws MalformedException {
    return switch (value.kind()) {
      case Null -> NullNode.getInstance();
      case Number -> number(value.number());
      case Text -> TextNode.valueOf(value.text());
      case Flag -> BooleanNode.valueOf(value.flag());
      case Struct -> object(value.struct(), depth + 1);
      case List -> {
        if (depth > DEEPEST) {
          throw new MalformedException("deeper than " + DEEPEST + " levels");
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (StructValue item : value.items()) {
          array.add(node(item, depth + 1));
        }
        yield array;
      }
    };
  }

  private static JsonNode number(double number) {
    return Math.rint(number) == number && Math.abs(number) <= PlainCodec.LARGEST_EXACT
        ? LongNode.valueOf((long) number)
        : DoubleNode.valueOf(number);
  }

  private static void writeFields(JsonNode object, StructWriter to) {
    List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
    for (Map.Entry<String, JsonNode> field : fields.reversed()) {
      int end = to.mark();
      write(field.getValue(), to);
      to.field(field.getKey(), end);
    }
  }

  private static void write(JsonNode node, StructWriter to) {
    int end = to.mark();
    switch (node.getNodeType()) {
      case OBJECT -> {
        writeFields(node, to);
        to.struct(end);
      }
      case ARRAY -> {
        for (int i = node.size() - 1; i >= 0; i--) {
          int itemEnd = to.mark();
          write(node.get(i), to);
          to.item(itemEnd);
        }
        to.list(end);
      }
      case STRING -> to.text(node.textValue());
      case BOOLEAN -> to.flag(node.booleanValue());
      case NUMBER -> to.number(node.doubleValue());
      case NULL, MISSING -> to.nothing();
      case BINARY, POJO ->
          throw new IllegalArgumentException("no JSON value: " + node.getNodeType());
    }
  }
}
