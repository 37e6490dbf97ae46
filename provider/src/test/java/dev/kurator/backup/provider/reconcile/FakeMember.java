package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.provider.member.Link;
import dev.kurator.backup.provider.member.Member;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import dev.kurator.backup.provider.member.Seen;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A member whose watches see its fake cluster at once. */
final class FakeMember implements Member {

  static final String IDENTITY = "11111111-2222-3333-4444-555555555555";

  final FakeCluster cluster;
  private final ProviderConfigKey key;
  private volatile Link link;
  private volatile boolean served = true;
  private volatile boolean closed;

  /** Kinds whose watch is not up. */
  private final Set<VeleroKind> silent = ConcurrentHashMap.newKeySet();

  FakeMember(String name) {
    this(
        new ProviderConfigKey(ProviderConfigReference.Kind.ClusterProviderConfig, null, name),
        new FakeCluster());
  }

  /** Another registration of a cluster. */
  FakeMember(ProviderConfigKey key, FakeCluster cluster) {
    this.key = key;
    this.cluster = cluster;
    this.link = new Link.Reachable(IDENTITY, cluster);
  }

  void cut(String reason) {
    link = new Link.Unreachable(reason, Instant.EPOCH);
  }

  void connecting() {
    link = new Link.Connecting();
  }

  void heal() {
    link = new Link.Reachable(IDENTITY, cluster);
  }

  /** Nobody uses it: it answers no more until it is opened again. */
  void close() {
    closed = true;
  }

  void open() {
    closed = false;
  }

  /** The watch of a kind is lost. */
  void silence(VeleroKind kind) {
    silent.add(kind);
  }

  void veleroServed(boolean served) {
    this.served = served;
  }

  @Override
  public ProviderConfigKey key() {
    return key;
  }

  @Override
  public Link link() {
    return closed ? new Link.Unreachable("its registration is not in use", Instant.EPOCH) : link;
  }

  @Override
  public void report(Throwable failure) {}

  @Override
  public void watch(String namespace) {}

  @Override
  public Seen<Deployment> deployment(String name) {
    return seen("Deployment", name, Deployment.class);
  }

  @Override
  public Seen<DaemonSet> daemonSet(String name) {
    return seen("DaemonSet", name, DaemonSet.class);
  }

  @Override
  public Seen<GenericKubernetesResource> velero(VeleroKind kind, String name) {
    return sees(kind)
        ? seen(kind.name(), name, GenericKubernetesResource.class)
        : new Seen.Unknown<>();
  }

  @Override
  public Seen<List<GenericKubernetesResource>> velero(VeleroKind kind) {
    return sees(kind) ? new Seen.Present<>(cluster.all(kind)) : new Seen.Unknown<>();
  }

  private boolean sees(VeleroKind kind) {
    return served && !silent.contains(kind);
  }

  private <T extends HasMetadata> Seen<T> seen(String kind, String name, Class<T> type) {
    return cluster
        .find(kind, name)
        .map(type::cast)
        .<Seen<T>>map(Seen.Present::new)
        .orElseGet(Seen.Absent::new);
  }

  @Override
  public boolean veleroServed() {
    return served;
  }
}
