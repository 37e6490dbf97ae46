package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes of statuses to the hub. */
final class Statuses {

  private static final Logger log = LoggerFactory.getLogger(Statuses.class);

  private Statuses() {}

  /**
   * Writes a status where it differs from the one that is there. It replaces exactly the state that
   * was looked at: where that has moved on, this fails with a conflict and the next look decides
   * anew.
   *
   * @param marks what of it is news, for the log
   * @return whether it differed
   */
  static <S, R extends CustomResource<?, S>> boolean write(
      Context<R> context, R resource, S status, List<Mark> marks) {
    return replaced(context, resource, status, marks).isPresent();
  }

  /**
   * The same, for those who go on with it. Whatever a member or a store says passes here on its way
   * to the hub, as plain and short texts.
   *
   * @return the resource as it is now, empty where nothing differed
   */
  static <S, R extends CustomResource<?, S>> Optional<R> replaced(
      Context<R> context, R resource, S told, List<Mark> marks) {
    KubernetesSerialization json = context.getClient().getKubernetesSerialization();
    if (told.equals(resource.getStatus())) {
      return Optional.empty();
    }
    S status = StatusTexts.plain(told, json);
    if (status.equals(resource.getStatus())) {
      return Optional.empty();
    }
    log.info(
        "{} {}/{}: {}",
        resource.getKind(),
        resource.getMetadata().getNamespace(),
        resource.getMetadata().getName(),
        marks);
    R changed = json.clone(resource);
    changed.setStatus(status);
    try {
      return Optional.of(context.resourceOperations().updatePrimaryStatus(changed));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
      return Optional.of(changed);
    }
  }
}
