package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;

/** Writes of statuses to the hub. */
final class Statuses {

  private Statuses() {}

  /**
   * Writes a status where it differs from the one that is there.
   *
   * @param blank a new object of the same kind, which becomes the patch
   * @return whether it differed
   */
  static <S, R extends CustomResource<?, S>> boolean write(
      Context<R> context, R resource, R blank, S status) {
    if (status.equals(resource.getStatus())) {
      return false;
    }
    blank.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(resource.getMetadata().getNamespace())
            .withName(resource.getMetadata().getName())
            .build());
    blank.setStatus(status);
    try {
      context.resourceOperations().serverSideApplyPrimaryStatus(blank);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
    return true;
  }
}
