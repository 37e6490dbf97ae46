package dev.kurator.backup.provider.member;

import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;

/** One member as the provider knows it. */
public interface Member {

  /** The registration it comes from. */
  ProviderConfigKey key();

  /** Whether it answers; returns at once. */
  Link link();

  /** A call to the member failed: look at once whether it still answers. */
  void report(Throwable failure);

  /** Watches the engine's namespace from now on; calling it again does nothing. */
  void watch(String namespace);

  /** A Deployment in the watched namespace. */
  Seen<Deployment> deployment(String name);

  /** A DaemonSet in the watched namespace. */
  Seen<DaemonSet> daemonSet(String name);

  /** A Velero object in the watched namespace. */
  Seen<GenericKubernetesResource> velero(VeleroKind kind, String name);

  /** All Velero objects of a kind in the watched namespace. */
  Seen<List<GenericKubernetesResource>> velero(VeleroKind kind);

  /** Whether the member serves Velero's kinds and their watches are up. */
  boolean veleroServed();

  /**
   * Why the watches are not up, where the member's answers cannot be used; follows "cluster x
   * refused: ".
   */
  default Optional<String> unwatchable() {
    return Optional.empty();
  }
}
