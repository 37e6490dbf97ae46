package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.syntax.PlainText;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import java.util.Optional;

/**
 * Velero's DownloadRequests (velero pkg/apis/velero/v1/download_request_types.go): for each, Velero
 * signs a URL by which one file of a backup or restore can be read for ten minutes.
 */
public final class Downloads {

  private Downloads() {}

  /**
   * A request for the errors and warnings of a backup or restore.
   *
   * @param name the request's own, new for every try
   */
  public static GenericKubernetesResource results(
      String name, VeleroKind kind, String of, String namespace) {
    GenericKubernetesResource request =
        VeleroKind.DownloadRequest.object(
            new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    request.setAdditionalProperty(
        "spec", Map.of("target", Map.of("kind", kind + "Results", "name", of)));
    return request;
  }

  /** The signed URL, once there is one. It is a credential: neither logged nor shown. */
  public static Optional<String> url(GenericKubernetesResource request) {
    return Optional.of(Fields.of(request).in("status").text("downloadURL"))
        .filter(url -> !url.isEmpty());
  }

  /**
   * Why Velero signs none, which it says from 1.19 on; empty while it may yet.
   *
   * @param credentials the location's, whose values are kept out of the text
   */
  public static Optional<String> failure(GenericKubernetesResource request, byte[] credentials) {
    Fields status = Fields.of(request).in("status");
    if (!status.text("phase").equals("Failed")) {
      return Optional.empty();
    }
    String message = status.text("message");
    return Optional.of(
        message.isBlank()
            ? "it gives no reason"
            : PlainText.of(Redaction.of(credentials).apply(message)));
  }
}
