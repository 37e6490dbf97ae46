package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The names of Backups and Schedules whose claims were deleted, in a ConfigMap on their member. The
 * label on the Backup alone does not last: with the last claim its location leaves the member, and
 * when a claim brings the location back, Velero brings the Backup back from the bucket, where it
 * has no label.
 */
final class Releases {

  private static final String NAME = "kurator-released-backups";
  private static final int MOST = 2000;

  private final MemberLocks locks;

  Releases(MemberLocks locks) {
    this.locks = locks;
  }

  /** The names that new objects of a kind pass by in a location. */
  Set<String> of(Target.Reached target, VeleroKind kind, String location) {
    String prefix = prefix(kind);
    return read(target).entrySet().stream()
        .filter(entry -> entry.getValue().startsWith(location + " "))
        .map(Map.Entry::getKey)
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Names of Backups stand alone; a dot, which no name has, ends what is before the others. */
  private static String prefix(VeleroKind kind) {
    return kind == VeleroKind.Backup ? "" : kind.plural() + ".";
  }

  /** Adds a name; of very many, the oldest is forgotten. */
  void add(Target.Reached target, VeleroKind kind, String name, String location, Instant now) {
    locks.during(
        target.identity(),
        () -> {
          Map<String, String> data = new TreeMap<>(read(target));
          data.put(prefix(kind) + name, location + " " + now.truncatedTo(ChronoUnit.SECONDS));
          while (data.size() > MOST) {
            data.remove(oldest(data));
          }
          return target.cluster().apply(blank(target).withData(data).build());
        });
  }

  private static String oldest(Map<String, String> data) {
    return data.entrySet().stream()
        .min(Map.Entry.comparingByValue((a, b) -> time(a).compareTo(time(b))))
        .map(Map.Entry::getKey)
        .orElseThrow();
  }

  private static String time(String value) {
    return value.substring(value.indexOf(' ') + 1);
  }

  private static Map<String, String> read(Target.Reached target) {
    return target
        .cluster()
        .get(blank(target).build())
        .map(ConfigMap::getData)
        .map(data -> Objects.requireNonNullElse(data, Map.<String, String>of()))
        .orElse(Map.of());
  }

  private static ConfigMapBuilder blank(Target.Reached target) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(target.namespace())
        .withName(NAME)
        .endMetadata();
  }
}
