package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.Objects;

/** Annotations of managed resources. */
final class Annotations {

  private Annotations() {}

  /** Those of a resource, never null. */
  static Map<String, String> of(HasMetadata resource) {
    return Objects.requireNonNullElse(resource.getMetadata().getAnnotations(), Map.of());
  }

  /**
   * Writes annotations to the hub, at once, and to nothing but this very state of the object: one
   * that was edited or deleted meanwhile is a conflict. JOSDK takes events up to our own write for
   * told, so a deletion or a pause just before it would be seen by nobody.
   *
   * @return the resource as it is now
   */
  static <R extends HasMetadata> R write(
      Context<R> context, R resource, Map<String, String> annotations) {
    Map<String, Object> metadata =
        Map.of(
            "uid",
            resource.getMetadata().getUid(),
            "resourceVersion",
            resource.getMetadata().getResourceVersion(),
            "annotations",
            annotations);
    String patch =
        context.getClient().getKubernetesSerialization().asJson(Map.of("metadata", metadata));
    return context
        .resourceOperations()
        .resourcePatch(
            resource,
            target ->
                context
                    .getClient()
                    .resource(target)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch),
            context.eventSourceRetriever().getControllerEventSource());
  }
}
