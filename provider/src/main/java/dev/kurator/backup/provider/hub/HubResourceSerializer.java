package dev.kurator.backup.provider.hub;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.kurator.backup.apis.managed.HubResource;
import dev.kurator.backup.apis.managed.UnreadableField;
import java.io.IOException;

/**
 * Encodes a resource of ours with what could not be read of it: a copy cannot be read at the same
 * places, and a write loses nothing.
 */
final class HubResourceSerializer extends JsonSerializer<Object> implements ResolvableSerializer {

  private static final ObjectMapper RAW = new ObjectMapper();

  private final JsonSerializer<Object> usual;

  /** With the usual serializer of a kind of resource. */
  HubResourceSerializer(JsonSerializer<Object> usual) {
    this.usual = usual;
  }

  @Override
  public void resolve(SerializerProvider provider) throws JsonMappingException {
    if (usual instanceof ResolvableSerializer resolvable) {
      resolvable.resolve(provider);
    }
  }

  @Override
  public void serialize(Object value, JsonGenerator generator, SerializerProvider provider)
      throws IOException {
    HubResource<?, ?> resource = (HubResource<?, ?>) value;
    if (resource.unreadable().isEmpty()) {
      usual.serialize(value, generator, provider);
      return;
    }
    ObjectNode tree;
    try (TokenBuffer buffer = new TokenBuffer(RAW, false)) {
      usual.serialize(value, buffer, provider);
      try (JsonParser parser = buffer.asParser()) {
        tree = parser.readValueAsTree();
      }
    }
    for (UnreadableField field : resource.unreadable()) {
      JsonNode raw = field.raw() == null ? null : RAW.readTree(field.raw());
      RawJson.restore(tree, field.path(), raw);
    }
    generator.writeTree(tree);
  }
}
