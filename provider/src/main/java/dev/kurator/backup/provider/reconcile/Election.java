package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Lease by which one of several replicas works and the others wait. */
final class Election {

  private static final Logger log = LoggerFactory.getLogger(Election.class);
  private static final String LEASE = "provider-velero";

  private final KubernetesClient hub;
  private final String namespace;
  private final String identity;
  private volatile boolean leaving;

  /** A candidate named after its pod and this start of the program. */
  Election(KubernetesClient hub, String namespace) {
    this(
        hub,
        namespace,
        identity(Objects.requireNonNullElse(System.getenv("HOSTNAME"), "provider-velero")));
  }

  /**
   * A candidate of some other name.
   *
   * @param identity no two processes that run at the same time may have the same
   */
  Election(KubernetesClient hub, String namespace, String identity) {
    this.hub = hub;
    this.namespace = namespace;
    this.identity = identity;
  }

  /**
   * An identity that no other start has, also not of the same pod: the elector of fabric8 7.6 lets
   * whoever finds its name in the Lease lead before it has renewed it, while another pod may be
   * taking it over. A container that was killed waits for its predecessor's lease to expire.
   *
   * @param pod name of the pod, with which the identity begins
   */
  static String identity(String pod) {
    return pod + "_" + UUID.randomUUID();
  }

  /** For the operator framework. */
  LeaderElectionConfiguration configuration() {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
        .withLeaseNamespace(namespace)
        .withIdentity(identity)
        .withLeaseDuration(Duration.ofSeconds(30))
        .withRenewDeadline(Duration.ofSeconds(20))
        .withRetryPeriod(Duration.ofSeconds(4))
        .withLeaderCallbacks(new LeaderCallbacks(() -> {}, this::deposed, leader -> {}))
        .build();
  }

  private void deposed() {
    if (!leaving) {
      log.error("Lost the lease: another replica leads now");
      // not exit: that would wait for reconciles, which must not go on
      Runtime.getRuntime().halt(1);
    }
  }

  /** From now on the loss of the lease is no accident. */
  void leave() {
    leaving = true;
  }

  /** Lets the next replica begin at once; to be called when no reconcile runs any more. */
  void release() {
    Resource<Lease> lease = hub.leases().inNamespace(namespace).withName(LEASE);
    try {
      Lease held = lease.get();
      if (held != null && identity.equals(held.getSpec().getHolderIdentity())) {
        lease.delete();
      }
    } catch (KubernetesClientException e) {
      log.debug("Lease not released, it will expire: {}", e.getMessage());
    }
  }
}
