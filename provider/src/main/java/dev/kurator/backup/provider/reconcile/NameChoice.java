package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.velero.Existing;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The name of an object that is yet to be made: names of released ones are passed by.
 *
 * @param <O> what is seen of an object
 */
sealed interface NameChoice<O> {

  /** Begins every message about a name that something else has. */
  String NAME_TAKEN = "NameTaken: ";

  /** More than that many released objects of one name are no honest use. */
  int MOST = 10_000;

  /** Nothing has it. */
  record Free<O>(String name) implements NameChoice<O> {}

  /** What has it is the very object that was to be made. */
  record Ours<O>(String name, O observation) implements NameChoice<O> {}

  /** Something else has it; the reason begins with {@link #NAME_TAKEN}. */
  record Taken<O>(String reason) implements NameChoice<O> {}

  /**
   * The first name that is not a released object's.
   *
   * @param names the names to try, by how many were passed by
   * @param objects what there is, by name
   */
  static <O> NameChoice<O> first(
      IntFunction<String> names, Function<String, Optional<Sight.Found<O>>> objects) {
    for (int attempt = 0; attempt < MOST; attempt++) {
      String name = names.apply(attempt);
      Optional<Sight.Found<O>> found = objects.apply(name);
      if (found.isEmpty()) {
        return new Free<>(name);
      }
      switch (found.get().match()) {
        case Existing.Adoptable adoptable -> {
          return new Ours<>(name, found.get().observation());
        }
        case Existing.Taken taken -> {
          return new Taken<>(NAME_TAKEN + taken.reason());
        }
        case Existing.Released released -> {
          // the next one, then
        }
      }
    }
    return new Taken<>(NAME_TAKEN + "every name up to " + names.apply(MOST));
  }
}
