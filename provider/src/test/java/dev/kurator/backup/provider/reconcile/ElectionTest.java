package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who leads, and when. */
@Execution(ExecutionMode.CONCURRENT)
class ElectionTest {

  private static final String NAMESPACE = "crossplane-system";
  private static final String POD = "provider-velero-1";

  private final Hub api = new Hub();
  private final KubernetesMockServer server =
      new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), api, false);
  private KubernetesClient hub;

  /** A hub that counts how often it was asked for something. */
  private static final class Hub extends KubernetesCrudDispatcher {

    final AtomicInteger reads = new AtomicInteger();

    @Override
    public MockResponse handleGet(String path) {
      reads.incrementAndGet();
      return super.handleGet(path);
    }
  }

  @BeforeEach
  void start() {
    server.init();
    hub = server.createClient();
  }

  @AfterEach
  void stop() {
    hub.close();
    server.destroy();
  }

  private Resource<Lease> lease() {
    return hub.leases().inNamespace(NAMESPACE).withName("provider-velero");
  }

  private void heldBy(String identity) {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    hub.resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("provider-velero")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(identity)
                .withLeaseDurationSeconds(30)
                .withAcquireTime(now)
                .withRenewTime(now)
                .withLeaseTransitions(0)
                .endSpec()
                .build())
        .create();
  }

  /** As the operator framework does it. */
  private CompletableFuture<?> candidate(String identity, AtomicBoolean leads) {
    LeaderElectionConfiguration of = new Election(hub, NAMESPACE, identity).configuration();
    return hub.leaderElector()
        .withConfig(
            new LeaderElectionConfig(
                new LeaseLock(
                    of.getLeaseNamespace().orElseThrow(),
                    of.getLeaseName(),
                    of.getIdentity().orElseThrow()),
                of.getLeaseDuration(),
                of.getRenewDeadline(),
                of.getRetryPeriod(),
                new LeaderCallbacks(() -> leads.set(true), () -> leads.set(false), leader -> {}),
                false,
                of.getLeaseName()))
        .build()
        .start();
  }

  /** Another may be taking the lease over since this pod held it. */
  @Test
  void whoStartsAgainInItsPodDoesNotLeadByTheLeaseOfItsPredecessor() {
    heldBy(Election.identity(POD));
    AtomicBoolean leads = new AtomicBoolean();
    CompletableFuture<?> again = candidate(Election.identity(POD), leads);
    int before = api.reads.get();
    ProviderLife.until(() -> api.reads.get() > before + 1);
    assertThat(leads).isFalse();
    again.cancel(true);
  }

  @Test
  void everyStartHasAnIdentityThatBeginsWithItsPod() {
    assertThat(Election.identity(POD)).startsWith(POD + "_").isNotEqualTo(Election.identity(POD));
  }

  @Test
  void anotherPodDoesNotLeadWhileTheLeaseIsHeld() {
    heldBy(POD);
    AtomicBoolean otherLeads = new AtomicBoolean();
    CompletableFuture<?> other = candidate("provider-velero-2", otherLeads);
    AtomicBoolean leads = new AtomicBoolean();
    CompletableFuture<?> holder = candidate(POD, leads);
    ProviderLife.until(leads::get);
    assertThat(otherLeads).isFalse();
    assertThat(lease().get().getSpec().getHolderIdentity()).isEqualTo(POD);
    other.cancel(true);
    holder.cancel(true);
  }

  @Test
  void onlyItsOwnLeaseIsReleased() {
    heldBy(POD);
    new Election(hub, NAMESPACE, "provider-velero-2").release();
    assertThat(lease().get()).isNotNull();
    new Election(hub, NAMESPACE, POD).release();
    assertThat(lease().get()).isNull();
  }
}
