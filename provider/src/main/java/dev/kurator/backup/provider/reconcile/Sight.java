package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.velero.Existing;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How much of the member can be seen just now.
 *
 * @param <O> what is seen of an object there
 */
sealed interface Sight<O> {

  /** Nothing; the reason fits a condition. */
  record Blind<O>(String reason) implements Sight<O> {}

  /**
   * Velero's objects can be looked up, as they are now.
   *
   * @param objects by name
   * @param obstacle why none may be made just now, asked only where one would
   */
  record Clear<O>(Function<String, Optional<Found<O>>> objects, Supplier<Optional<String>> obstacle)
      implements Sight<O> {}

  /**
   * Velero's object of some name.
   *
   * @param match what it is to us
   */
  record Found<O>(Existing match, O observation) {}
}
