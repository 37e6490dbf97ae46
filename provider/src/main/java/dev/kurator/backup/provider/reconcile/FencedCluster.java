package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.member.Cluster;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A member's API that this hub may write to only while it holds its Lease there.
 *
 * @param mayWrite throws a {@link dev.kurator.backup.provider.member.MemberApiException} where it
 *     does not; called before each write
 */
record FencedCluster(Cluster cluster, Runnable mayWrite) implements Cluster {

  @Override
  public <T extends HasMetadata> Optional<T> get(T like) {
    return cluster.get(like);
  }

  @Override
  public Optional<GenericKubernetesResource> get(VeleroKind kind, String namespace, String name) {
    return cluster.get(kind, namespace, name);
  }

  @Override
  public List<GenericKubernetesResource> list(
      VeleroKind kind, String namespace, Map<String, String> labels) {
    return cluster.list(kind, namespace, labels);
  }

  @Override
  public <T extends HasMetadata> T apply(T wanted) {
    mayWrite.run();
    return cluster.apply(wanted);
  }

  @Override
  public <T extends HasMetadata> T create(T wanted) {
    mayWrite.run();
    return cluster.create(wanted);
  }

  @Override
  public void label(HasMetadata like, Map<String, String> labels) {
    mayWrite.run();
    cluster.label(like, labels);
  }

  @Override
  public void patch(HasMetadata like, Map<String, ?> change) {
    mayWrite.run();
    cluster.patch(like, change);
  }

  @Override
  public void delete(HasMetadata like) {
    mayWrite.run();
    cluster.delete(like);
  }

  @Override
  public void deleteUnchanged(HasMetadata like) {
    mayWrite.run();
    cluster.deleteUnchanged(like);
  }
}
