package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ProviderConfigStatus;
import dev.kurator.backup.apis.managed.VeleroBackupStatus;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.apis.managed.VeleroRestoreStatus;
import dev.kurator.backup.apis.managed.VeleroScheduleStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an error that ends a reconcile and that nobody foresaw: a condition, an Event and
 * a log line, each of them once for as long as it stays the same. JOSDK would log it and say
 * nothing on the resource; its error handler hears of no deletion and of no {@link Error}.
 */
final class ReconcileFailures {

  private static final Logger log = LoggerFactory.getLogger(ReconcileFailures.class);

  /** Failures of resources that vanished without our help are forgotten when there are so many. */
  private static final int MOST = 10_000;

  private final KubernetesClient hub;
  private final Events events;
  private final States states;
  private final Executor background;
  private final Clock clock;
  private volatile boolean stopping;

  /** What was logged last, by UID. */
  private final Map<String, String> logged =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
              return size() > MOST;
            }
          });

  /**
   * Writes through the client of the hub, which stays the caller's.
   *
   * @param background where what JOSDK itself failed at is told
   */
  ReconcileFailures(
      KubernetesClient hub, Events events, States states, Executor background, Clock clock) {
    this.hub = hub;
    this.events = events;
    this.states = states;
    this.background = background;
    this.clock = clock;
  }

  /**
   * Ends a reconcile whose failure is told; never an {@link Error}, after which JOSDK would not
   * reconcile the resource again.
   */
  static final class Told extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Told(Throwable cause) {
      super(cause);
    }
  }

  /**
   * Does the work of one reconcile, and tells where it fails.
   *
   * @return what the work returns
   * @throws Told where the work failed, so that it is tried again after a while
   */
  <T> T guard(CustomResource<?, ?> resource, Supplier<T> work) {
    try {
      T done = work.get();
      logged.remove(uid(resource));
      return done;
    } catch (RuntimeException | Error e) {
      tell(resource, e);
      throw new Told(e);
    }
  }

  /** The provider stops: what fails from now on fails because of that, and is left to the next. */
  void stop() {
    stopping = true;
  }

  /** Tells what failed outside of the work: where JOSDK itself could not add the finalizer. */
  void outside(HasMetadata resource, Exception failure) {
    boolean told = failure instanceof Told || failure.getCause() instanceof Told;
    if (!told && !stopping && resource instanceof CustomResource<?, ?> custom) {
      background.execute(() -> tell(custom, failure));
    }
  }

  private void tell(CustomResource<?, ?> resource, Throwable cause) {
    ReconcileFailure failure = ReconcileFailure.of(cause);
    if (failure.normal() || stopping || Thread.currentThread().isInterrupted()) {
      return;
    }
    try {
      CustomResource<?, ?> now = hub.resource(resource).get();
      if (now == null || !uid(now).equals(uid(resource))) {
        logged.remove(uid(resource));
        return;
      }
      log(resource, failure, cause);
      write(now, failure);
    } catch (RuntimeException | StackOverflowError e) {
      log(resource, failure, cause);
      log.warn(
          "{}: error {} cannot be told on it: {}", shown(resource), failure.id(), e.toString());
    }
  }

  /** The whole of it once, not at each try. */
  private void log(HasMetadata resource, ReconcileFailure failure, Throwable cause) {
    if (failure.unforeseen() && !failure.id().equals(logged.put(uid(resource), failure.id()))) {
      log.error("{}: error {}", shown(resource), failure.id(), cause);
    }
  }

  private void write(CustomResource<?, ?> now, ReconcileFailure failure) {
    List<Condition> before = conditions(now.getStatus());
    Mark mark = Mark.failing(failure.text());
    Condition synced = Mark.find(before, Condition.SYNCED);
    note(now);
    if (synced != null
        && synced.status().equals("False")
        && mark.reason().equals(synced.reason())
        && String.valueOf(mark.message()).equals(synced.message())) {
      return;
    }
    List<Condition> after =
        Mark.apply(before, List.of(mark), now.getMetadata().getGeneration(), clock.instant());
    try {
      hub.resource(now)
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON), replacing(now, after));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        // it changed meanwhile: the next try tells, if it fails still
        return;
      }
      throw e;
    }
    events.warning(now, EventReason.ReconcileError, failure.text());
  }

  /** Whatever the status is, and only while the resource is as it was read. */
  private String replacing(CustomResource<?, ?> now, List<Condition> conditions) {
    String version = now.getMetadata().getResourceVersion();
    Map<String, Object> read =
        Map.of("op", "replace", "path", "/metadata/resourceVersion", "value", version);
    Map<String, Object> change =
        now.getStatus() == null && !Unreadable.at(now, "status")
            ? Map.of("op", "add", "path", "/status", "value", Map.of("conditions", conditions))
            : Map.of("op", "add", "path", "/status/conditions", "value", conditions);
    return hub.getKubernetesSerialization().asJson(List.of(read, change));
  }

  private void note(HasMetadata resource) {
    for (ManagedKind kind : ManagedKind.values()) {
      if (kind.name().equals(resource.getKind())) {
        states.failing(User.of(kind, resource));
      }
    }
  }

  private static List<Condition> conditions(@Nullable Object status) {
    return switch (status) {
      case VeleroInstallStatus install -> install.conditions();
      case VeleroBackupStatus backup -> backup.conditions();
      case VeleroScheduleStatus schedule -> schedule.conditions();
      case VeleroRestoreStatus restore -> restore.conditions();
      case ProviderConfigStatus config -> config.conditions();
      case null, default -> List.of();
    };
  }

  private static String uid(HasMetadata resource) {
    return String.valueOf(resource.getMetadata().getUid());
  }

  private static String shown(HasMetadata resource) {
    String namespace = resource.getMetadata().getNamespace();
    return resource.getKind()
        + " "
        + (namespace == null ? "" : namespace + "/")
        + resource.getMetadata().getName();
  }
}
