package dev.kurator.backup.provider.member;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one watch keeps of a member's objects, as long as there is memory for it. */
final class BoundedStore<T extends HasMetadata> extends BasicItemStore<T> {

  /** What a field takes beside its text. */
  private static final int FIELD = 64;

  private final String kind;
  private final KubernetesSerialization json;
  private final WatchMemory.Part memory;
  private final Consumer<String> unusable;
  private final Map<String, Long> sizes = new HashMap<>();

  /**
   * Empty.
   *
   * @param memory of the member's watches together
   * @param unusable told why an object could not be kept
   */
  BoundedStore(
      String kind,
      KubernetesSerialization json,
      WatchMemory.Part memory,
      Consumer<String> unusable) {
    super(Cache::metaNamespaceKeyFunc);
    this.kind = kind;
    this.json = json;
    this.memory = memory;
    this.unusable = unusable;
  }

  /** The first that is asked of every object. */
  @Override
  public String getKey(T object) {
    try {
      return super.getKey(ReadObject.checked(kind, object));
    } catch (UnusableAnswer e) {
      unusable.accept(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  @Override
  public synchronized @Nullable T put(String key, T object) {
    ReadObject.reduce(object);
    long size = size(json.asJson(object));
    long before = sizes.getOrDefault(key, 0L);
    if (!memory.take(size - before)) {
      String problem =
          "it holds too many or too large objects in Velero's namespace to watch; delete old %ss"
              .formatted(kind);
      unusable.accept(problem);
      throw new UnusableAnswer(problem);
    }
    sizes.put(key, size);
    return super.put(key, object);
  }

  @Override
  public synchronized @Nullable T remove(String key) {
    Long size = sizes.remove(key);
    memory.take(size == null ? 0 : -size);
    return super.remove(key);
  }

  /** What an object takes in memory, roughly, by its JSON. */
  static long size(String json) {
    return json.length()
        + FIELD * json.chars().filter(c -> c == ',' || c == '{' || c == '[').count();
  }
}
