package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.ClusterProviderConfigSpec;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.provider.hub.HubSerialization;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two hubs of one id that share a member. */
@Execution(ExecutionMode.CONCURRENT)
class TwoHubsLifeTest extends ProviderLife {

  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final String ROOT = "/api/v1/namespaces/kube-system/configmaps/kube-root-ca.crt";
  private static final String NAMED = "spec.takesOverFrom: ";

  private final AtomicLong nanos = new AtomicLong();

  @Override
  LongSupplier nanos() {
    return nanos::get;
  }

  /** The other hub, whose clock is an hour ahead. */
  private final class Other {
    private final FakeHub api = new FakeHub();
    private final KubernetesMockServer server =
        new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), api, false);
    private final FakeMember reached = new FakeMember(velero.member.key(), velero.cluster);
    private final KubernetesClient hub;
    private Provider provider;

    Other(ConfigMap... there) {
      server.init();
      hub =
          server.createClient(
              client -> client.withKubernetesSerialization(HubSerialization.create()));
      for (ConfigMap map : there) {
        hub.resource(map).create();
        if (map.getMetadata().getUid() != null) {
          api.serve(ROOT, map);
        }
      }
      hub.resource(Samples.kubeconfig()).create();
      hub.resource(Samples.config(List.of("team-*"), null)).create();
      hub.resource(Samples.storage()).create();
      provider = started();
    }

    private Provider started() {
      return Provider.start(
          settings(),
          hub,
          new PrometheusRegistry(),
          clock(),
          () -> nanos.get() + Duration.ofHours(1).toNanos(),
          listener -> velero.another(listener, reached));
    }

    void restart() {
      provider.close();
      provider = started();
    }

    void end() {
      provider.close();
      hub.close();
      server.destroy();
    }
  }

  private @Nullable Other other;

  private Other another(ConfigMap... there) {
    Other begun = new Other(there);
    other = begun;
    return begun;
  }

  @AfterEach
  void endOther() {
    if (other != null) {
      other.end();
    }
  }

  /** Both look as often as they would; a hub that is dead looks no more. */
  private void pass(Duration time, Provider... alive) {
    for (Duration left = time; left.isPositive(); left = left.minus(LOOK)) {
      nanos.addAndGet(LOOK.toNanos());
      for (Provider one : alive) {
        one.renewLeases();
      }
    }
  }

  private static Resource<ClusterProviderConfig> config(KubernetesClient hub) {
    return hub.resources(ClusterProviderConfig.class).withName(Samples.MEMBER);
  }

  private static Resource<VeleroInstall> install(KubernetesClient hub) {
    return hub.resources(VeleroInstall.class).inNamespace(Samples.NAMESPACE).withName("install");
  }

  private static Resource<VeleroBackup> backup(KubernetesClient hub) {
    return hub.resources(VeleroBackup.class).inNamespace(Samples.NAMESPACE).withName("backup");
  }

  private String holder() {
    return ((Lease) velero.cluster.find("Lease", "kurator-hub-hub").orElseThrow())
        .getSpec()
        .getHolderIdentity();
  }

  private static Predicate<ClusterProviderConfig> refusedBy(String holder) {
    return config ->
        config != null
            && config.getStatus() != null
            && holder.equals(config.getStatus().otherHub())
            && says(config.getStatus().conditions(), Condition.READY, "OtherHub")
            && says(config.getStatus().conditions(), Condition.READY, NAMED + holder);
  }

  private static boolean inOrder(@Nullable ClusterProviderConfig config) {
    return config != null
        && config.getStatus() != null
        && config.getStatus().otherHub() == null
        && says(config.getStatus().conditions(), Condition.READY, "Available");
  }

  private static void takeOverFrom(KubernetesClient hub, @Nullable String holder) {
    edit(
        config(hub),
        config -> {
          ClusterProviderConfigSpec spec = config.getSpec();
          config.setSpec(
              new ClusterProviderConfigSpec(
                  spec.credentials(), spec.allowedNamespaces(), spec.velero(), null, holder));
          return config;
        });
  }

  /** This hub works on the member, and the other was refused there. */
  private Other refused() {
    register();
    applyAll(DeletionPolicy.Delete);
    await(backup(), phase("Completed"));
    Other other = another(rootCertificates());
    other.hub.resource(Samples.install("install")).create();
    await(install(other.hub), installSays(Condition.SYNCED, "waiting up to 6 minutes"));
    pass(Duration.ofMinutes(3), provider, other.provider);
    await(config(other.hub), refusedBy(holder()));
    await(install(other.hub), installSays(Condition.SYNCED, NAMED + holder()));
    return other;
  }

  @Test
  void theSecondHubWaitsAndIsRefusedOnceItSawTheFirstAtWorkAlsoAfterARestart() {
    Other other = refused();
    String first = holder();
    velero.cluster.forgetCalls();

    other.restart();
    // the first is down for an hour, and finds its member as it left it
    pass(Duration.ofHours(1), other.provider);
    other.hub.resource(Samples.backup("backup", null, "1h")).create();
    await(backup(other.hub), backupSays(Condition.SYNCED, NAMED + first));
    assertThat(holder()).isEqualTo(first);
    assertThat(velero.cluster.calls()).isEmpty();
    pass(LOOK, provider);
    assertThat(install().get().getStatus().conditions())
        .anyMatch(one -> one.type().equals(Condition.READY) && one.status().equals("True"));
  }

  @Test
  void theOtherOrderIsTheSame() {
    Other other = another(rootCertificates());
    other.hub.resource(Samples.install("install")).create();
    await(install(other.hub), installSays(Condition.READY, "Available"));
    String first = holder();
    velero.cluster.forgetCalls();
    register();
    applyAll(null);
    await(install(), installSays(Condition.SYNCED, "waiting up to 6 minutes"));
    pass(Duration.ofMinutes(3), provider, other.provider);
    await(config(hub), refusedBy(first));
    assertThat(holder()).isEqualTo(first);
    assertThat(velero.cluster.calls()).isEmpty();
  }

  @Test
  void aRebuiltHubTakesOverWhatNobodyRenewedForSixMinutes() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    String first = holder();
    provider.close();
    Other other = another(rootCertificates());
    other.hub.resource(Samples.install("install")).create();
    await(install(other.hub), installSays(Condition.SYNCED, "holds Lease velero/kurator-hub-hub"));
    pass(Duration.ofSeconds(330), other.provider);
    assertThat(holder()).isEqualTo(first);
    pass(LOOK, other.provider);
    assertThat(holder()).isNotEqualTo(first);
    await(install(other.hub), installSays(Condition.READY, "Available"));
    await(config(other.hub), TwoHubsLifeTest::inOrder);
  }

  @Test
  void aNamedHubIsTakenOverWaitedForAndRefusedFromThenOn() {
    Other other = refused();
    String first = holder();
    takeOverFrom(other.hub, first);
    await(install(other.hub), installSays(Condition.SYNCED, "took over Lease"));
    String second = holder();
    assertThat(second).isNotEqualTo(first);
    velero.cluster.forgetCalls();

    pass(Duration.ofMinutes(2), provider, other.provider);
    await(config(hub), refusedBy(second));
    await(install(), installSays(Condition.SYNCED, NAMED + second));
    // neither writes before the first has surely stopped
    assertThat(velero.cluster.calls()).isEmpty();
    pass(Duration.ofMinutes(4), provider, other.provider);
    await(install(other.hub), installSays(Condition.READY, "Available"));
    await(config(other.hub), TwoHubsLifeTest::inOrder);

    // and back: the name of before counts no more
    takeOverFrom(hub, holder());
    await(install(), installSays(Condition.SYNCED, "took over Lease"));
    pass(Duration.ofMinutes(8), provider, other.provider);
    assertThat(holder()).doesNotContain(second).isNotEqualTo(first);
    await(install(), installSays(Condition.READY, "Available"));
    await(config(other.hub), refusedBy(holder()));
  }

  @Test
  void aRestartedProviderGoesOnAtOnce() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    String before = holder();
    provider.close();
    provider = begin();
    hub.resource(Samples.elsewhere("another")).create();
    await(
        hub.resources(VeleroInstall.class).inNamespace(Samples.NAMESPACE).withName("another"),
        installSays(Condition.READY, "Available"));
    assertThat(holder())
        .isNotEqualTo(before)
        .startsWith(before.substring(0, before.indexOf('/') + 1));
  }

  @Test
  void aCopyOfTheHubFromASnapshotIsNoticed() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    ConfigMap root = rootOf(hub);
    ConfigMap record =
        hub.configMaps().inNamespace("crossplane-system").withName(ConfigMapRecord.NAME).get();
    pass(Duration.ofMinutes(4), provider);
    String first = holder();
    Other other = another(withUid(root), anew(record));
    assertThat(rootOf(other.hub).getMetadata().getUid()).isEqualTo(root.getMetadata().getUid());
    other.hub.resource(Samples.install("install")).create();
    await(install(other.hub), installSays(Condition.SYNCED, "waiting up to 6 minutes"));
    pass(Duration.ofMinutes(3), provider, other.provider);
    await(config(other.hub), refusedBy(first));
    assertThat(holder()).isEqualTo(first);
  }

  private static ConfigMap rootOf(KubernetesClient hub) {
    return hub.configMaps().inNamespace("kube-system").withName("kube-root-ca.crt").get();
  }

  private static ConfigMap anew(ConfigMap record) {
    return new ConfigMapBuilder(record)
        .editMetadata()
        .withResourceVersion(null)
        .withUid(null)
        .endMetadata()
        .build();
  }

  private static ConfigMap withUid(ConfigMap root) {
    return new ConfigMapBuilder(rootCertificates())
        .editMetadata()
        .withUid(root.getMetadata().getUid())
        .endMetadata()
        .build();
  }

  @Test
  void nothingIsWrittenOnceTheLeaseCouldNotBeRenewedForFourMinutes() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    velero.cluster.failLeases(true);
    pass(Duration.ofMinutes(3), provider);
    hub.resource(Samples.secret(Samples.NAMESPACE, "store", "cloud", "rotated")).patch();
    String location = seen(install().get()).storageLocation();
    velero.cluster.await(cluster -> cluster.calls().contains("apply Secret/" + location));

    pass(Duration.ofMinutes(1), provider);
    velero.cluster.forgetCalls();
    hub.resource(Samples.secret(Samples.NAMESPACE, "store", "cloud", "rotated again")).patch();
    await(install(), installSays(Condition.SYNCED, "cluster paris is unreachable: no answer"));
    assertThat(velero.cluster.calls()).isEmpty();

    velero.cluster.failLeases(false);
    pass(LOOK, provider);
    await(install(), installSays(Condition.READY, "Available"));
    velero.cluster.await(cluster -> cluster.calls().contains("apply Secret/" + location));
  }

  @Test
  void whatIsDeletedOnARefusedHubGoesAtOnceAndCallsNothing() {
    velero.says("Schedule", Map.of("phase", "Enabled"));
    Other other = refused();
    Resource<VeleroSchedule> schedule =
        hub.resource(Samples.schedule("0 0 1 1 *", false, DeletionPolicy.Delete));
    schedule.create();
    await(schedule, ScheduleLife.scheduleSays(Condition.READY, "Available"));
    takeOverFrom(other.hub, holder());
    await(install(other.hub), installSays(Condition.SYNCED, "took over Lease"));
    pass(Duration.ofMinutes(2), provider, other.provider);
    await(install(), installSays(Condition.SYNCED, NAMED));
    velero.cluster.forgetCalls();

    backup().delete();
    schedule.delete();
    install().delete();
    await(backup(), ProviderLife::gone);
    await(schedule, ProviderLife::gone);
    await(install(), ProviderLife::gone);
    assertThat(velero.cluster.calls()).isEmpty();
    until(() -> warned(hub, "Backup " + Samples.BACKUP_NAME + " and its data stay there"));
    until(() -> warned(hub, "Schedule " + Samples.SCHEDULE_NAME + " and its data stay there"));
    until(() -> warned(hub, "BackupStorageLocation and Secret"));
  }

  private static boolean warned(KubernetesClient hub, String part) {
    return hub.v1().events().inNamespace(Samples.NAMESPACE).list().getItems().stream()
        .filter(event -> "Warning".equals(event.getType()))
        .map(Event::getMessage)
        .anyMatch(message -> message.contains(part));
  }

  /** This hub is gone, and another was built in its place, which adopted its backup. */
  private Other rebuilt() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    provider.close();
    Other other = another(rootCertificates());
    other.hub.resource(Samples.install("install")).create();
    other.hub.resource(Samples.backup("backup", DeletionPolicy.Delete, "1h")).create();
    await(install(other.hub), installSays(Condition.SYNCED, "waiting up to 6 minutes"));
    pass(Duration.ofMinutes(7), other.provider);
    await(backup(other.hub), phase("Completed"));
    return other;
  }

  @Test
  void adoptedDataStaysWhereTheRegistrationDoesNotNameItsHub() {
    Other other = rebuilt();
    backup(other.hub).delete();
    await(backup(other.hub), ProviderLife::gone);
    assertThat(velero.cluster.calls()).noneMatch(call -> call.contains("DeleteBackupRequest"));
    assertThat(velero.cluster.find("Backup", Samples.BACKUP_NAME).orElseThrow())
        .satisfies(
            kept -> assertThat(kept.getMetadata().getLabels()).containsKey(Names.RELEASED_LABEL));
    String maker = rootOf(hub).getMetadata().getUid();
    until(() -> warned(other.hub, NAMED + maker));
  }

  @Test
  void adoptedDataGoesWhereTheRegistrationNamesItsHub() {
    Other other = rebuilt();
    takeOverFrom(other.hub, rootOf(hub).getMetadata().getUid());
    // the provider has read it
    pass(LOOK, other.provider);
    backup(other.hub).delete();
    await(backup(other.hub), ProviderLife::gone);
    assertThat(velero.cluster.count("Backup")).isZero();
  }

  @Test
  void runsOfAnAdoptedScheduleStayWhereTheRegistrationDoesNotNameTheirHub() {
    velero.says("Schedule", Map.of("phase", "Enabled"));
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    hub.resource(Samples.schedule("0 0 1 1 *", false, null)).create();
    velero.cluster.await(cluster -> cluster.find("Schedule", Samples.SCHEDULE_NAME).isPresent());
    provider.close();
    String run =
        velero.run(
            Samples.SCHEDULE_NAME,
            Instant.parse("2026-11-22T12:00:00Z"),
            Map.of("phase", "Completed", "completionTimestamp", "2026-11-22T12:00:00Z"));
    Other other = another(rootCertificates());
    other.hub.resource(Samples.install("install")).create();
    Resource<VeleroSchedule> schedule =
        other.hub.resource(Samples.schedule("0 0 1 1 *", false, DeletionPolicy.Delete));
    schedule.create();
    await(install(other.hub), installSays(Condition.SYNCED, "waiting up to 6 minutes"));
    pass(Duration.ofMinutes(7), other.provider);
    await(schedule, ScheduleLife.scheduleSays(Condition.READY, "Available"));
    schedule.delete();
    await(schedule, ProviderLife::gone);
    assertThat(velero.cluster.find("Backup", run)).isPresent();
    assertThat(velero.cluster.find("Schedule", Samples.SCHEDULE_NAME)).isEmpty();
    until(() -> warned(other.hub, NAMED + rootOf(hub).getMetadata().getUid()));
  }

  @Test
  void theFirstThingOnANewMemberIsTheNamespaceAndThenTheLease() {
    velero.cluster.needNamespaces();
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    assertThat(velero.cluster.calls().getFirst()).isEqualTo("create Namespace/velero");
    assertThat(velero.cluster.leaseCalls).first().isEqualTo("create Lease/kurator-hub-hub");
  }

  @Test
  void theLeaseGoesWithTheLastInstall() {
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    backup().delete();
    install().delete();
    await(install(), ProviderLife::gone);
    assertThat(velero.cluster.count("Lease")).isZero();
    pass(Duration.ofMinutes(10), provider);
    assertThat(velero.cluster.count("Lease")).isZero();
  }

  @Test
  void whoMayNotUseLeasesIsToldWhichRightIsMissing() {
    velero.cluster.refuse("Lease", "leases.coordination.k8s.io is forbidden");
    register();
    applyAll(null);
    await(
        install(),
        installSays(Condition.SYNCED, "needs the rights get, create, patch and delete on leases"));
    assertThat(velero.cluster.calls()).isEmpty();
  }
}
