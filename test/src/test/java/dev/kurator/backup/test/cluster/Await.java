package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waits, by watches, and says what it waited for and what it saw instead. */
final class Await {

  private Await() {}

  /**
   * Waits until one object is as wanted.
   *
   * @param what a clause for the failure message
   * @param wanted is also asked about an object that is absent, as null
   * @return the object as it was then
   */
  static GenericKubernetesResource until(
      String what,
      Duration patience,
      Resource<GenericKubernetesResource> object,
      Predicate<@Nullable GenericKubernetesResource> wanted) {
    try {
      return object.waitUntilCondition(wanted, patience.toSeconds(), TimeUnit.SECONDS);
    } catch (KubernetesClientTimeoutException e) {
      throw new AssertionError(
          "waited %s in vain until %s; last seen:%n%s"
              .formatted(patience, what, State.describe(object.get())),
          e);
    }
  }

  /** Waits until a list of objects is as wanted; returns it. */
  static <T> List<T> untilAll(
      String what, Duration patience, Informable<T> objects, Predicate<List<T>> wanted) {
    CompletableFuture<List<T>> found = objects.informOnCondition(wanted);
    try {
      return found.get(patience.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("waited %s in vain until %s".formatted(patience, what), e);
    } catch (ExecutionException e) {
      throw new AssertionError("cannot wait until " + what, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting until " + what, e);
    } finally {
      found.cancel(true);
    }
  }
}
