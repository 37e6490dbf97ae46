package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** What there ever was to see of some objects, since somebody began to look. */
final class Sightings implements AutoCloseable {

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final SharedIndexInformer<?> watch;

  private <T extends HasMetadata> Sightings(
      Informable<T> objects, Function<T, Stream<String>> looks) {
    this.watch =
        objects.inform(
            new ResourceEventHandler<>() {
              @Override
              public void onAdd(T object) {
                looks.apply(object).forEach(seen::add);
              }

              @Override
              public void onUpdate(T before, T object) {
                looks.apply(object).forEach(seen::add);
              }

              @Override
              public void onDelete(T object, boolean unknown) {
                // what was there counts, whatever becomes of it
              }
            });
  }

  /** Looks for the objects themselves: name and uid of each. */
  static <T extends HasMetadata> Sightings of(Informable<T> objects) {
    return of(
        objects,
        object -> Stream.of(object.getMetadata().getName() + " " + object.getMetadata().getUid()));
  }

  /**
   * Looks for something about them.
   *
   * @param looks what there is to see of an object as it is now
   */
  static <T extends HasMetadata> Sightings of(
      Informable<T> objects, Function<T, Stream<String>> looks) {
    return new Sightings(objects, looks);
  }

  /** In alphabetical order; an object that was made anew counts twice. */
  Set<String> all() {
    return new TreeSet<>(seen);
  }

  @Override
  public void close() {
    watch.close();
  }
}
