package dev.kurator.backup.provider.hub;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import dev.kurator.backup.apis.managed.HubResource;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;

/** Decodes a resource of ours, whatever is in its spec and status. */
final class HubResourceDeserializer extends DelegatingDeserializer {

  private static final long serialVersionUID = 1;

  private final JavaType spec;
  private final JavaType status;

  /** A kind of resource, with its usual deserializer. */
  HubResourceDeserializer(JavaType kind, JsonDeserializer<?> usual) {
    this(
        kind.findTypeParameters(CustomResource.class)[0],
        kind.findTypeParameters(CustomResource.class)[1],
        usual);
  }

  private HubResourceDeserializer(JavaType spec, JavaType status, JsonDeserializer<?> usual) {
    super(usual);
    this.spec = spec;
    this.status = status;
  }

  @Override
  protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> usual) {
    return new HubResourceDeserializer(spec, status, usual);
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    JsonNode tree = context.readTree(parser);
    if (!(tree instanceof ObjectNode resource)) {
      return decode(tree, parser, context);
    }
    ReadableValues values = new ReadableValues(context);
    ReadableParts parts = ReadableParts.of(values, resource, spec, status);
    Object decoded;
    try {
      decoded = decode(parts.resource(), parser, context);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // what no field by itself is to blame for
      parts = parts.without(values, spec);
      decoded = decode(parts.resource(), parser, context);
    }
    HubResource<?, ?> readable = (HubResource<?, ?>) decoded;
    readable.unreadable(
        parts.unreadable().stream().filter(one -> readable.keeps(one.path())).toList());
    return readable;
  }

  private Object decode(JsonNode tree, JsonParser parser, DeserializationContext context)
      throws IOException {
    try (TreeTraversingParser again = new TreeTraversingParser(tree, parser.getCodec())) {
      again.nextToken();
      return super.deserialize(again, context);
    }
  }
}
