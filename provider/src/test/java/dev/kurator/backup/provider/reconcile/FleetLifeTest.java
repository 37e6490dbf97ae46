package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A large claim's statuses, by a clock that stands still: whatever waits for time is not written.
 */
@Execution(ExecutionMode.CONCURRENT)
class FleetLifeTest extends ProviderLife {

  private static final int SIZE = 60;

  private final ManualClock clock = new ManualClock();

  @Override
  Clock clock() {
    return clock;
  }

  /** As Crossplane writes it, all of one claim. */
  private static VeleroBackup backup(int number) {
    VeleroBackup backup = Samples.backup("backup-" + number, null, "1h");
    VeleroBackupParameters of = backup.getSpec().forProvider();
    backup.setSpec(
        new VeleroBackupSpec(
            new VeleroBackupParameters(
                Samples.BACKUP_NAME + "-of-" + number,
                of.installName(),
                of.policy(),
                of.labels(),
                of.policyHash(),
                of.startDeadline(),
                of.progressInterval(),
                of.deletionPolicy()),
            backup.getSpec().managementPolicies(),
            backup.getSpec().providerConfigRef()));
    backup
        .getMetadata()
        .setOwnerReferences(
            List.of(
                new OwnerReferenceBuilder()
                    .withApiVersion("backup.kurator.dev/v1alpha1")
                    .withKind("Backup")
                    .withName("claim")
                    .withUid("the-claim")
                    .withController(true)
                    .build()));
    return backup;
  }

  private Resource<VeleroBackup> one(int number) {
    return hub.resources(VeleroBackup.class)
        .inNamespace(Samples.NAMESPACE)
        .withName("backup-" + number);
  }

  private void apply() {
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    IntStream.range(0, SIZE).forEach(number -> hub.resource(backup(number)).create());
  }

  private List<String> creations() {
    return velero.cluster.calls().stream()
        .filter(call -> call.startsWith("create Backup/"))
        .toList();
  }

  @Test
  void allOutcomesOfALargeClaimAreWrittenAtOnce() {
    apply();
    IntStream.range(0, SIZE).forEach(number -> await(one(number), phase("Completed")));
    assertThat(creations()).doesNotHaveDuplicates().hasSize(SIZE);
  }
}
