package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroInstall;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An install until it is ready, and what may be missing or in its way. */
@Execution(ExecutionMode.CONCURRENT)
class InstallLifeTest extends ProviderLife {

  @Test
  void anUnreachableMemberIsToldAndItsWorkGoesOnWhenItIsBack() {
    velero.cut("no answer within 8 s");
    register();
    applyAll(null);
    await(
        install(),
        installSays(Condition.SYNCED, "cluster paris is unreachable: no answer within 8 s"));
    await(backup(), backupSays(Condition.SYNCED, "cluster paris is unreachable"));

    velero.heal();
    await(backup(), phase("Completed"));
  }

  @Test
  void aNamespaceThatIsNotAllowedReadsNoCredentials() {
    hub.resource(Samples.kubeconfig()).create();
    hub.resource(Samples.config(List.of("team-b"), null)).create();
    applyAll(null);
    await(install(), installSays(Condition.SYNCED, "does not allow namespace team-a"));
    await(backup(), backupSays(Condition.SYNCED, "does not allow namespace team-a"));
    assertThat(velero.asked).hasValue(0);

    hub.resource(Samples.config(List.of("team-*"), null)).patch();
    await(backup(), phase("Completed"));
  }

  @Test
  void everyMissingPieceIsNamedAndPickedUpWhenItComes() {
    hub.resource(Samples.install("install")).create();
    await(install(), installSays(Condition.SYNCED, "ClusterProviderConfig paris does not exist"));
    hub.resource(Samples.config(List.of("team-*"), null)).create();
    await(
        install(),
        installSays(Condition.SYNCED, "Secret crossplane-system/paris-kubeconfig does not exist"));
    hub.resource(
            Samples.secret(
                "crossplane-system", "paris-kubeconfig", "kubeconfig", "bad: kubeconfig"))
        .create();
    await(install(), installSays(Condition.SYNCED, "is refused: it has an exec section"));
    hub.resource(Samples.kubeconfig()).patch();
    await(install(), installSays(Condition.SYNCED, "Secret team-a/store does not exist"));
    hub.resource(Samples.storage()).create();
    await(install(), installSays(Condition.READY, "Available"));
  }

  @Test
  void rotatedCredentialsReachTheMember() {
    register();
    applyAll(null);
    VeleroInstall ready = await(install(), installSays(Condition.READY, "Available"));
    velero.cluster.forgetCalls();
    hub.resource(Samples.secret(Samples.NAMESPACE, "store", "cloud", "rotated")).patch();
    String name = seen(ready).storageLocation();
    velero.cluster.await(cluster -> cluster.calls().contains("apply Secret/" + name));
  }

  @Test
  void aPausedResourceIsLeftAloneUntilThePauseEnds() {
    register();
    VeleroInstall paused = Samples.install("install");
    paused.getMetadata().setAnnotations(Map.of(Names.PAUSED, "true"));
    hub.resource(Samples.storage()).create();
    hub.resource(paused).create();
    await(install(), installSays(Condition.SYNCED, "ReconcilePaused"));
    assertThat(velero.asked).hasValue(0);

    edit(
        install(),
        resource -> {
          resource.getMetadata().setAnnotations(Map.of());
          return resource;
        });
    await(install(), installSays(Condition.READY, "Available"));
  }

  @Test
  void somebodyElsesVeleroIsLeftAloneAndTheInstallSaysSo() {
    velero.cluster.put(
        new DeploymentBuilder()
            .withNewMetadata()
            .withNamespace(FakeVelero.namespace())
            .withName("velero")
            .endMetadata()
            .withNewSpec()
            .withNewTemplate()
            .withNewSpec()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build());
    register();
    applyAll(null);
    await(install(), installSays(Condition.SYNCED, "was installed by somebody else"));
    await(backup(), backupSays(Condition.READY, "waiting for VeleroInstall install"));
    assertThat(velero.cluster.calls()).isEmpty();
  }
}
