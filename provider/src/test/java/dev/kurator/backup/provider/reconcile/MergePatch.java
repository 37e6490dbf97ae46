package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON merge patches (RFC 7386). */
final class MergePatch {

  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private MergePatch() {}

  /** The object after a change. */
  static HasMetadata of(HasMetadata before, Map<String, ?> change) {
    Object result = merged(JSON.convertValue(before, Map.class), change);
    return JSON.unmarshal(JSON.asJson(result), before.getClass());
  }

  private static @Nullable Object merged(@Nullable Object before, @Nullable Object change) {
    if (!(change instanceof Map<?, ?> fields)) {
      return change;
    }
    Map<Object, @Nullable Object> result =
        before instanceof Map<?, ?> old ? new LinkedHashMap<>(old) : new LinkedHashMap<>();
    fields.forEach(
        (field, value) -> {
          if (value == null) {
            result.remove(field);
          } else {
            result.put(field, merged(result.get(field), value));
          }
        });
    return result;
  }
}
