package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@ClusterTest
@Isolated
class KilledProviderIT {

  private static final String NAME = "killed-midway";
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /**
   * Keeps Velero's phase out of the hub's status, however fast the provider is: the API server
   * refuses the write.
   */
  private static final String NO_PHASE =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata:
        name: no-phase
      spec:
        failurePolicy: Fail
        matchConstraints:
          resourceRules:
          - apiGroups: [velero.m.kurator.dev]
            apiVersions: ["*"]
            operations: [UPDATE]
            resources: [velerobackups/status]
        validations:
        - expression: >-
            !has(object.status.atProvider) || !has(object.status.atProvider.phase)
            || (has(oldObject.status) && has(oldObject.status.atProvider)
            && has(oldObject.status.atProvider.phase))
          message: held back by a test
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata:
        name: no-phase
      spec:
        policyName: no-phase
        validationActions: [Deny]
      """;

  private final Bed bed = Bed.shared();

  @Test
  void aBackupThatTheKilledProviderNeverReportedIsFoundAgainAndNotTakenTwice() {
    bed.storeCredentials(Example.NAMESPACE);
    Claim claim = bed.hub().claim(Example.NAMESPACE, NAME);
    bed.hub().cluster().apply(NO_PHASE);
    String first;
    try {
      bed.hub()
          .cluster()
          .apply(ClaimYaml.on(bed.store(), Example.NAMESPACE, NAME, bed.only(bed.paris())).text());
      first = awaitVeleroBackup();
      killProvider();
      assertThat(bed.hub().list(Kind.VELERO_BACKUP, Example.NAMESPACE))
          .filteredOn(found -> found.getMetadata().getName().contains(NAME))
          .singleElement()
          .satisfies(
              found -> assertThat(State.text(found, "status", "atProvider", "phase")).isEmpty());
    } finally {
      bed.hub()
          .client()
          .load(new ByteArrayInputStream(NO_PHASE.getBytes(StandardCharsets.UTF_8)))
          .delete();
    }

    claim.awaitPhase("Completed", PATIENCE);
    assertThat(bed.paris().backupsOf(NAME))
        .singleElement()
        .satisfies(
            backup -> {
              assertThat(backup.getMetadata().getUid()).isEqualTo(first);
              assertThat(State.phase(backup)).isEqualTo("Completed");
            });
  }

  private String awaitVeleroBackup() {
    List<GenericKubernetesResource> backups =
        Await.untilAll(
            "Velero's Backup exists",
            PATIENCE,
            Kind.VELERO_IO_BACKUP
                .on(bed.paris().client())
                .inNamespace(Member.VELERO)
                .withLabel("backup.kurator.dev/claim-name", NAME),
            found -> !found.isEmpty());
    return backups.getFirst().getMetadata().getUid();
  }

  private void killProvider() {
    var pods =
        bed.hub()
            .client()
            .pods()
            .inNamespace(Hub.CROSSPLANE)
            .withLabel("pkg.crossplane.io/provider", "provider-velero");
    Pod pod = pods.list().getItems().getFirst();
    ContainerStatus container = pod.getStatus().getContainerStatuses().getFirst();
    bed.hub()
        .cluster()
        .exec(
            "ctr",
            "-n",
            "k8s.io",
            "tasks",
            "kill",
            "-s",
            "SIGKILL",
            container.getContainerID().replace("containerd://", ""));
    bed.hub()
        .client()
        .resource(pod)
        .waitUntilCondition(
            found -> restarts(found) > container.getRestartCount(),
            PATIENCE.toSeconds(),
            TimeUnit.SECONDS);
  }

  private static int restarts(Pod pod) {
    return pod == null ? 0 : pod.getStatus().getContainerStatuses().getFirst().getRestartCount();
  }
}
