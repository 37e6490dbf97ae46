package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.member.MemberApiException;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names of Velero objects whose claim was deleted: kept in ConfigMaps in the engine's namespace,
 * since labels alone go with the objects, which sync may bring back from the bucket without them;
 * and on the hub, for members whose ConfigMaps are lost. Nothing is ever taken off: as long as data
 * of that name may be in the bucket, a later claim must not take it for its own.
 */
final class Releases {

  /** So many names fit into one ConfigMap, which may have 1 MiB. */
  static final int MOST = 2000;

  private static final String NAME = "kurator-released-backups";

  private final ReleasesOnHub hub;
  private final int most;

  Releases(ReleasesOnHub hub) {
    this(hub, MOST);
  }

  /** The same with another number of names in one ConfigMap. */
  Releases(ReleasesOnHub hub, int most) {
    this.hub = hub;
    this.most = most;
  }

  /** The names that new objects of a kind pass by in a location. */
  Set<String> of(Target.Reached target, VeleroKind kind, String location) {
    Map<String, String> names = new HashMap<>(hub.of(location));
    read(target, names);
    String prefix = prefix(kind);
    boolean plain = prefix.isEmpty();
    return names.entrySet().stream()
        .filter(entry -> entry.getValue().startsWith(location + " "))
        .map(Map.Entry::getKey)
        .filter(key -> plain ? key.indexOf('.') < 0 : key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Names of Backups stand alone; a dot, which no name has, ends what is before the others. */
  private static String prefix(VeleroKind kind) {
    return kind == VeleroKind.Backup ? "" : kind.plural() + ".";
  }

  /**
   * Adds a name.
   *
   * @throws MemberApiException where the member fails
   */
  void add(Target.Reached target, VeleroKind kind, String name, String location, Instant now) {
    String key = prefix(kind) + name;
    String value = location + " " + now.truncatedTo(ChronoUnit.SECONDS);
    hub.add(location, key, value);
    Map<String, String> names = new HashMap<>();
    int last = read(target, names);
    if (names.containsKey(key)) {
      return;
    }
    if (last > 0 && names.size() < last * most) {
      patch(target, last, Map.of(key, value));
    } else {
      create(target, last + 1, Map.of(key, value));
    }
  }

  /** One key at a time: another hub may add to it at the same moment. */
  private static void patch(Target.Reached target, int number, Map<String, String> names) {
    target.cluster().patch(blank(target, number).build(), Map.of("data", names));
  }

  private static void create(Target.Reached target, int number, Map<String, String> names) {
    try {
      target.cluster().create(blank(target, number).withData(names).build());
    } catch (MemberApiException e) {
      if (!e.conflict()) {
        throw e;
      }
      patch(target, number, names);
    }
  }

  /**
   * Adds the names on the member.
   *
   * @return how many ConfigMaps there are
   */
  private static int read(Target.Reached target, Map<String, String> names) {
    int number = 1;
    Optional<ConfigMap> next = target.cluster().get(blank(target, number).build());
    while (next.isPresent()) {
      names.putAll(Objects.requireNonNullElse(next.get().getData(), Map.of()));
      number++;
      next = target.cluster().get(blank(target, number).build());
    }
    return number - 1;
  }

  private static ConfigMapBuilder blank(Target.Reached target, int number) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(target.namespace())
        .withName(number == 1 ? NAME : NAME + "-" + number)
        .endMetadata();
  }
}
