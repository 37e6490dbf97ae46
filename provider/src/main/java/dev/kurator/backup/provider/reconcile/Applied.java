package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was applied to members, so that it is applied again only when it differs, was changed by
 * somebody, or is due for a fresh look. Kept in memory: a restart applies once more.
 */
final class Applied {

  private record Entry(String content, Map<String, String> versions, Instant at) {}

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Duration trust;

  /**
   * Nothing is applied yet.
   *
   * @param trust how long what nobody watches is believed to be as it was applied
   */
  Applied(Duration trust) {
    this.trust = trust;
  }

  /**
   * Whether it is as it should be.
   *
   * @param subject what, unique over all members
   * @param content a digest of how it should be
   * @param versions {@link #version} of the watched objects in it, by name
   */
  boolean stands(String subject, String content, Map<String, String> versions, Instant now) {
    Entry entry = entries.get(subject);
    return entry != null
        && entry.content().equals(content)
        && entry.versions().equals(versions)
        && now.isBefore(entry.at().plus(trust));
  }

  /** It was applied just now. */
  void note(String subject, String content, Map<String, String> versions, Instant now) {
    entries.put(subject, new Entry(content, Map.copyOf(versions), now));
  }

  /** It was removed. */
  void forget(String subject) {
    entries.remove(subject);
  }

  /** Moves when somebody changes what an object should be, not when its status changes. */
  static String version(@Nullable HasMetadata object) {
    return object == null
        ? "absent"
        : object.getMetadata().getUid()
            + "/"
            + Objects.requireNonNullElse(object.getMetadata().getGeneration(), 0L);
  }
}
