package dev.kurator.backup.provider.hub;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import dev.kurator.backup.apis.managed.HubResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * The JSON of the hub's client. An informer ends at the first object that it cannot decode, and the
 * operator framework then ends the process; so every {@link HubResource} can be decoded here.
 */
public final class HubSerialization {

  private HubSerialization() {}

  /** A new one; fields that this release does not know are no errors. */
  public static KubernetesSerialization create() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .addModule(
                new SimpleModule("hub-resources")
                    .setDeserializerModifier(new Reading())
                    .setSerializerModifier(new Writing()))
            .build();
    return new KubernetesSerialization(mapper, true);
  }

  private static boolean isHubResource(BeanDescription type) {
    return HubResource.class.isAssignableFrom(type.getBeanClass());
  }

  private static final class Reading extends BeanDeserializerModifier {

    private static final long serialVersionUID = 1;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription type, JsonDeserializer<?> usual) {
      return isHubResource(type) ? new HubResourceDeserializer(type.getType(), usual) : usual;
    }
  }

  private static final class Writing extends BeanSerializerModifier {

    private static final long serialVersionUID = 1;

    @Override
    @SuppressWarnings("unchecked")
    public JsonSerializer<?> modifySerializer(
        SerializationConfig config, BeanDescription type, JsonSerializer<?> usual) {
      return isHubResource(type)
          ? new HubResourceSerializer((JsonSerializer<Object>) usual)
          : usual;
    }
  }
}
