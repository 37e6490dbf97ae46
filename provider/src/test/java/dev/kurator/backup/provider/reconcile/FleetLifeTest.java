package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.velero.Location;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A claim so large that its words wait for their turn, which comes when the clock goes on. */
@Execution(ExecutionMode.CONCURRENT)
class FleetLifeTest extends ProviderLife {

  private static final int SIZE = 20;

  private final ManualClock clock = new ManualClock();

  @Override
  Clock clock() {
    return clock;
  }

  /** Enough for all that is told here, whatever a claim costs besides. */
  @Override
  ClaimBudget.Allowance allowance() {
    return new ClaimBudget.Allowance(300, 1);
  }

  /** As Crossplane writes it. */
  static void ownedBy(String claim, HasMetadata resource) {
    resource
        .getMetadata()
        .setOwnerReferences(
            List.of(
                new OwnerReferenceBuilder()
                    .withApiVersion("backup.kurator.dev/v1alpha1")
                    .withKind("Backup")
                    .withName("claim")
                    .withUid(claim)
                    .withController(true)
                    .build()));
  }

  private static String velerosName(int number) {
    return Samples.BACKUP_NAME + "-of-" + number;
  }

  private static VeleroBackup backup(int number, DeletionPolicy policy) {
    VeleroBackup backup = Samples.backup("backup-" + number, policy, "1h");
    VeleroBackupParameters of = backup.getSpec().forProvider();
    backup.setSpec(
        new VeleroBackupSpec(
            new VeleroBackupParameters(
                velerosName(number),
                of.installName(),
                of.policy(),
                of.labels(),
                of.policyHash(),
                of.startDeadline(),
                of.progressInterval(),
                of.deletionPolicy()),
            backup.getSpec().managementPolicies(),
            backup.getSpec().providerConfigRef()));
    ownedBy("the-claim", backup);
    return backup;
  }

  private Resource<VeleroBackup> one(int number) {
    return hub.resources(VeleroBackup.class)
        .inNamespace(Samples.NAMESPACE)
        .withName("backup-" + number);
  }

  private List<VeleroBackup> all() {
    return IntStream.range(0, SIZE).mapToObj(number -> one(number).get()).toList();
  }

  private static boolean silent(VeleroBackup backup) {
    return backup.getStatus() == null;
  }

  /** All before any has something to tell: as long as a claim is small, nothing of it waits. */
  private void applyBackups(DeletionPolicy policy) {
    IntStream.range(0, SIZE).forEach(number -> hub.resource(backup(number, policy)).create());
  }

  /** Beside the claim there is one backup by hand, which shows that the provider is at work. */
  private void applyFleet(DeletionPolicy policy) {
    register();
    hub.resource(Samples.storage()).create();
    applyBackups(policy);
    hub.resource(Samples.backup("backup", null, "1h")).create();
    hub.resource(Samples.install("install")).create();
  }

  /** How many the provider knows to be so, whether or not that was told. */
  private double known(String condition, ManagedKind kind) {
    return registry.scrape(("crossplane_managed_resource_" + condition)::equals).stream()
        .map(GaugeSnapshot.class::cast)
        .flatMap(metric -> metric.getDataPoints().stream())
        .filter(point -> kind.gvk().equals(point.getLabels().get("gvk")))
        .mapToDouble(GaugeSnapshot.GaugeDataPointSnapshot::getValue)
        .sum();
  }

  private void awaitSeen() {
    await(backup(), phase("Completed"));
    until(() -> known("ready", ManagedKind.VeleroBackup) == SIZE + 1);
  }

  /** All outcomes are told, of runs that there were only once. */
  private void awaitOutcomes() {
    awaitTold(phase("Completed"));
    assertThat(creations()).doesNotHaveDuplicates().hasSize(SIZE + 1);
  }

  /** The clock goes on all the while: some may ask for their turn after others had it. */
  private void awaitTold(Predicate<VeleroBackup> told) {
    until(
        () -> {
          clock.forward(Duration.ofSeconds(5));
          return all().stream().allMatch(told);
        });
  }

  private List<String> creations() {
    return velero.cluster.calls().stream()
        .filter(call -> call.startsWith("create Backup/"))
        .toList();
  }

  @Test
  void announcementsDoNotWaitAndStatusesDo() {
    applyFleet(DeletionPolicy.Retain);
    awaitSeen();

    assertThat(all())
        .allMatch(FleetLifeTest::silent)
        .allMatch(
            it -> it.getMetadata().getAnnotations().containsKey(Names.EXTERNAL_CREATE_PENDING));
    awaitOutcomes();
  }

  @Test
  void howOneEndedIsToldAlsoWhereItIsGoneWhenItsTurnComes() {
    applyFleet(DeletionPolicy.Retain);
    awaitSeen();
    velero.cluster.all(VeleroKind.Backup).forEach(velero.cluster::remove);
    assertThat(all()).allMatch(FleetLifeTest::silent);

    awaitOutcomes();
  }

  @Test
  void aProviderThatStartsAnewTellsWhatWasNotTold() {
    applyFleet(DeletionPolicy.Retain);
    awaitSeen();
    provider.close();
    provider = begin();
    until(() -> known("ready", ManagedKind.VeleroBackup) == SIZE + 1);
    assertThat(all()).allMatch(FleetLifeTest::silent);

    awaitOutcomes();
  }

  @Test
  void whatIsBeingDeletedIsToldAtOnce() {
    applyFleet(DeletionPolicy.Delete);
    awaitSeen();
    velero.cut("no route");
    one(3).delete();

    await(one(3), backupSays(Condition.READY, "managementPolicies"));
    assertThat(one(4).get()).matches(FleetLifeTest::silent);
  }

  @Test
  void oneOfTheSameNameMadeAnewIsAnotherOne() {
    applyFleet(DeletionPolicy.Retain);
    awaitSeen();
    edit(
        one(3),
        resource -> {
          resource.getMetadata().setFinalizers(List.of());
          return resource;
        });
    one(3).delete();
    velero.cluster.remove(velero.cluster.find("Backup", velerosName(3)).orElseThrow());
    hub.resource(backup(3, DeletionPolicy.Retain)).create();

    awaitTold(phase("Completed"));
    assertThat(creations()).filteredOn(call -> call.endsWith("-of-3")).hasSize(2);
  }

  @Test
  void anInstallThatIsSilentStillCleansUpItsMember() {
    velero.says("BackupStorageLocation", Map.of());
    register();
    hub.resource(Samples.storage()).create();
    applyBackups(DeletionPolicy.Retain);
    VeleroInstall install = Samples.install("install");
    ownedBy("the-claim", install);
    String location = Location.name(install.getSpec().forProvider());
    install.getMetadata().setAnnotations(Map.of(Names.EXTERNAL_NAME, location));
    hub.resource(install).create();
    until(() -> known("synced", ManagedKind.VeleroInstall) == 1);
    velero.cut("no route");
    until(() -> known("synced", ManagedKind.VeleroInstall) == 0);
    assertThat(install().get().getStatus()).isNull();

    IntStream.range(0, SIZE).forEach(number -> one(number).delete());
    install().delete();
    await(install(), installSays(Condition.READY, "managementPolicies"));
    velero.heal();
    await(install(), ProviderLife::gone);
    assertThat(velero.cluster.find("BackupStorageLocation", location)).isEmpty();
  }

  @Test
  void anotherWordForWhatIsAwaitedHasItsTurnToo() {
    register();
    applyBackups(DeletionPolicy.Retain);
    awaitTold(backupSays(Condition.READY, "does not exist"));

    hub.resource(Local.install("install", "store")).create();
    awaitTold(backupSays(Condition.READY, "is for another member"));
  }
}
