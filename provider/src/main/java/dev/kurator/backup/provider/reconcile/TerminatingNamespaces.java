package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.provider.velero.Times;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;

/**
 * Namespaces of the hub that are being deleted, with a member's credentials in them. Nothing can be
 * put back into them, so what waits for those credentials would keep the namespace for ever.
 */
final class TerminatingNamespaces {

  /** For so long after its deletion, a resource waits for credentials all the same. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private final KubernetesClient hub;
  private final Targets targets;
  private final Events events;

  TerminatingNamespaces(KubernetesClient hub, Targets targets, Events events) {
    this.hub = hub;
    this.targets = targets;
    this.events = events;
  }

  /**
   * Whether a resource that is being deleted goes without a look at its member, as nobody has
   * credentials for it and nobody can bring any: then an Event on the namespace, which outlives the
   * resource's own, says what stays.
   *
   * @param left what may be left on the member
   */
  boolean leave(HasMetadata resource, ProviderConfigReference reference, String left, Instant now) {
    String namespace = resource.getMetadata().getNamespace();
    boolean waited =
        Times.read(resource.getMetadata().getDeletionTimestamp())
            .map(deleted -> !now.isBefore(deleted.plus(PATIENCE)))
            .orElse(false);
    if (!waited || !targets.withoutCredentials(namespace, reference) || !isTerminating(namespace)) {
      return false;
    }
    events.warning(
        new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build(),
        EventReason.CannotDeleteExternalResource,
        "%s %s went with its namespace, and the credentials for %s %s were gone before it: %s may be left on that cluster; delete it there by hand"
            .formatted(
                resource.getKind(),
                resource.getMetadata().getName(),
                reference.kind(),
                reference.name(),
                left));
    return true;
  }

  /** A provider may not read Namespaces; a creation that is only tried says so too. */
  private boolean isTerminating(String namespace) {
    try {
      hub.configMaps()
          .inNamespace(namespace)
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withName("is-this-namespace-terminating")
                  .endMetadata()
                  .build())
          .dryRun()
          .create();
      return false;
    } catch (KubernetesClientException e) {
      // plugin/pkg/admission/namespace/lifecycle refuses it with the cause NamespaceTerminating
      return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
          && String.valueOf(e.getMessage()).contains("because it is being terminated");
    }
  }
}
