package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.readiness.Readiness;
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
  static <T extends HasMetadata> T until(
      String what, Duration patience, Resource<T> object, Predicate<@Nullable T> wanted) {
    try {
      return Again.ifClosed(
          () -> object.waitUntilCondition(wanted, patience.toSeconds(), TimeUnit.SECONDS));
    } catch (KubernetesClientTimeoutException e) {
      throw new AssertionError(
          "waited %s in vain until %s; last seen:%n%s"
              .formatted(patience, what, State.describe(object.get())),
          e);
    }
  }

  /** Waits until a pod is ready. */
  static void ready(Duration patience, PodResource pod) {
    until("the pod is ready", patience, pod, it -> it != null && Readiness.isPodReady(it));
  }

  /**
   * Waits until a cluster serves a kind.
   *
   * @param name of its definition
   */
  static void served(Duration patience, KubernetesClient client, String name) {
    until(
        name + " is served",
        patience,
        client.apiextensions().v1().customResourceDefinitions().withName(name),
        Await::isServed);
  }

  /** A definition that was just made has no status, or one without conditions. */
  static boolean isServed(@Nullable CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  /** Waits until a list of objects is as wanted; returns it. */
  static <T> List<T> untilAll(
      String what, Duration patience, Informable<T> objects, Predicate<List<T>> wanted) {
    return Again.ifClosed(() -> all(what, patience, objects, wanted));
  }

  private static <T> List<T> all(
      String what, Duration patience, Informable<T> objects, Predicate<List<T>> wanted) {
    CompletableFuture<List<T>> found = objects.informOnCondition(wanted);
    try {
      return found.get(patience.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("waited %s in vain until %s".formatted(patience, what), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw new AssertionError("cannot wait until " + what, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting until " + what, e);
    } finally {
      found.cancel(true);
    }
  }
}
