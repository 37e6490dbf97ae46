package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/**
 * A namespace that is being deleted for as long as somebody wants: Velero waits for its end, so a
 * restore into it is under way until then.
 *
 * @param client of its cluster
 */
record HeldNamespace(KubernetesClient client, String name) implements AutoCloseable {

  private static final String HOLD = "hold";

  /** Makes it. */
  static HeldNamespace on(Cluster cluster, String name) {
    cluster.apply(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: %s}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {namespace: %s, name: %s, finalizers: [backup.kurator.dev/test]}
        """
            .formatted(name, name, HOLD));
    cluster.client().namespaces().withName(name).delete();
    return new HeldNamespace(cluster.client(), name);
  }

  /** Lets it go, if it is still held; does not wait until it is gone. */
  void letGo() {
    var hold = client.configMaps().inNamespace(name).withName(HOLD);
    if (hold.get() != null) {
      hold.edit(
          found -> {
            found.getMetadata().setFinalizers(List.of());
            return found;
          });
    }
  }

  @Override
  public void close() {
    letGo();
  }
}
