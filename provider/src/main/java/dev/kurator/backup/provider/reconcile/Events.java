package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.syntax.PlainText;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events about managed resources, for {@code kubectl describe}; written on transitions alone. */
final class Events {

  private static final Logger log = LoggerFactory.getLogger(Events.class);
  private static final String SOURCE = "provider-velero";

  private final KubernetesClient hub;
  private final Executor executor;

  /**
   * Writes Events in the background: they are news, and nothing waits for them or depends on them.
   */
  Events(KubernetesClient hub, Executor executor) {
    this.hub = hub;
    this.executor = executor;
  }

  /** Something went as it should. */
  void normal(HasMetadata about, EventReason reason, String message) {
    record(about, "Normal", reason, message);
  }

  /** Something did not. */
  void warning(HasMetadata about, EventReason reason, String message) {
    record(about, "Warning", reason, message);
  }

  private void record(HasMetadata about, String type, EventReason reason, String message) {
    Event event = event(about, type, reason, message);
    executor.execute(
        () -> {
          try {
            hub.v1()
                .events()
                .inNamespace(event.getMetadata().getNamespace())
                .resource(event)
                .create();
          } catch (KubernetesClientException e) {
            log.info("Event {} not written: {}", reason, e.getMessage());
          }
        });
  }

  private static Event event(HasMetadata about, String type, EventReason reason, String message) {
    // Kubernetes keeps those about cluster-scoped objects in "default"
    String namespace = Objects.requireNonNullElse(about.getMetadata().getNamespace(), "default");
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withGenerateName(about.getMetadata().getName() + ".")
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(about.getMetadata().getNamespace())
        .withName(about.getMetadata().getName())
        .withUid(about.getMetadata().getUid())
        .withResourceVersion(about.getMetadata().getResourceVersion())
        .endInvolvedObject()
        .withType(type)
        .withReason(reason.name())
        .withMessage(PlainText.of(message))
        .withNewSource()
        .withComponent(SOURCE)
        .endSource()
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .build();
  }
}
