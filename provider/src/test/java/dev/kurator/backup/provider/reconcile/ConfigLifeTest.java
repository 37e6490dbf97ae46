package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.ProviderConfig;
import dev.kurator.backup.apis.managed.ProviderConfigStatus;
import dev.kurator.backup.apis.managed.SecretKeyReference;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.member.MemberListener;
import dev.kurator.backup.provider.member.Members;
import dev.kurator.backup.provider.velero.Location;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Registrations of both kinds: who may use them, what they share, and how long they stay. */
@Execution(ExecutionMode.CONCURRENT)
class ConfigLifeTest extends ProviderLife {

  private static final String LOCATION =
      Location.name(Samples.install("x").getSpec().forProvider());

  private final Doors doors = new Doors(velero);

  @Override
  Members members(MemberListener listener) {
    return doors.attach(listener);
  }

  private Resource<ClusterProviderConfig> config() {
    return hub.resources(ClusterProviderConfig.class).withName(Samples.MEMBER);
  }

  private Resource<ProviderConfig> own() {
    return hub.resources(ProviderConfig.class).inNamespace(Samples.NAMESPACE).withName(Local.NAME);
  }

  private Resource<VeleroInstall> install(String name) {
    return hub.resources(VeleroInstall.class).inNamespace(Samples.NAMESPACE).withName(name);
  }

  private void registerOwn() {
    hub.resource(Local.kubeconfig(Samples.NAMESPACE, "a kubeconfig")).create();
    hub.resource(Local.config(null)).create();
  }

  private static <C extends CustomResource<?, ProviderConfigStatus>> Predicate<C> users(
      long count) {
    return config ->
        config != null
            && config.getStatus() != null
            && Objects.equals(config.getStatus().users(), count);
  }

  private static <C extends CustomResource<?, ProviderConfigStatus>> Predicate<C> tells(
      String type, String part) {
    return config ->
        config != null
            && config.getStatus() != null
            && says(config.getStatus().conditions(), type, part);
  }

  @Test
  void aMemberOfOneNamespaceIsUsedAsOneOfTheHubIsAndItsCredentialsMayRotate() {
    registerOwn();
    hub.resource(Samples.storage()).create();
    hub.resource(Local.install("install", "store")).create();
    hub.resource(Local.backup("backup")).create();
    await(backup(), phase("Completed"));

    hub.resource(Local.kubeconfig(Samples.NAMESPACE, "another kubeconfig")).patch();
    hub.resource(Samples.secret(Samples.NAMESPACE, "store", "cloud", "rotated")).patch();
    until(() -> doors.kubeconfig(Local.KEY).equals("another kubeconfig"));
  }

  @Test
  void credentialsComeFromTheConfigsOwnNamespaceAlone() {
    hub.resource(Local.kubeconfig("crossplane-system", "a kubeconfig")).create();
    hub.resource(Local.config(null)).create();
    hub.resource(Local.install("install", "store")).create();
    await(
        install(),
        installSays(
            Condition.SYNCED,
            "ProviderConfig team-a/own: Secret team-a/own-kubeconfig does not exist"));
  }

  @Test
  void aConfigOfAnotherNamespaceDoesNotExistForThisOne() {
    ProviderConfig elsewhere = Local.config(null);
    elsewhere.getMetadata().setNamespace("team-b");
    hub.resource(elsewhere).create();
    hub.resource(Local.kubeconfig("team-b", "a kubeconfig")).create();
    hub.resource(Local.install("install", "store")).create();
    await(install(), installSays(Condition.SYNCED, "ProviderConfig team-a/own does not exist"));
  }

  @Test
  void aRepositoryPasswordOfAnotherNamespaceIsRefusedBeforeAnythingIsRead() {
    hub.resource(Samples.secret("kube-system", "secret", "password", "hunter2")).create();
    hub.resource(Local.kubeconfig(Samples.NAMESPACE, "a kubeconfig")).create();
    hub.resource(
            Local.config(
                Samples.engine(
                    null, null, new SecretKeyReference("kube-system", "secret", "password"))))
        .create();
    hub.resource(Local.install("install", "store")).create();
    String problem = "a ProviderConfig may only use Secrets of its own namespace team-a";
    await(install(), installSays(Condition.SYNCED, problem));
    await(own(), tells(Condition.READY, problem));
    assertThat(doors.kubeconfig(Local.KEY)).isEmpty();

    hub.resource(Local.config(null)).patch();
    hub.resource(Samples.storage()).create();
    await(install(), installSays(Condition.READY, "Available"));
    await(own(), tells(Condition.READY, "Available"));
  }

  @Test
  void twoRegistrationsOfOneClusterShareItsLocationUntilTheLastIsGone() {
    register();
    registerOwn();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    hub.resource(Local.install("second", "store")).create();
    await(install(), installSays(Condition.READY, "Available"));
    await(install("second"), installSays(Condition.READY, "Available"));

    install().delete();
    await(install(), ProviderLife::gone);
    assertThat(velero.cluster.find("BackupStorageLocation", LOCATION)).isPresent();
    install("second").delete();
    await(install("second"), ProviderLife::gone);
    assertThat(velero.cluster.find("BackupStorageLocation", LOCATION)).isEmpty();
  }

  @Test
  void aRestartedProviderKnowsWhichRegistrationsNameOneCluster() {
    register();
    registerOwn();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    hub.resource(Local.install("second", "store")).create();
    await(install("second"), installSays(Condition.READY, "Available"));
    await(install(), installSays(Condition.READY, "Available"));
    provider.close();
    install().delete();
    // the other registration is of no help now: only what the hub remembers
    hub.resource(Local.kubeconfig(Samples.NAMESPACE, "a kubeconfig")).delete();
    provider = begin();

    await(install(), ProviderLife::gone);
    assertThat(velero.cluster.find("BackupStorageLocation", LOCATION)).isPresent();
  }

  @Test
  void otherSettingsForTheSameEngineAreSaidAndNotFoughtOver() {
    register();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    await(install(), installSays(Condition.READY, "Available"));
    velero.cluster.forgetCalls();
    hub.resource(Local.kubeconfig(Samples.NAMESPACE, "a kubeconfig")).create();
    hub.resource(Local.config(Samples.engine(null, EngineSettings.Removal.Uninstall, null)))
        .create();
    hub.resource(Local.install("second", "store")).create();

    VeleroInstall second =
        await(
            install("second"),
            installSays(Condition.READY, "EngineConflict: ClusterProviderConfig paris"));
    await(install("second"), installSays(Condition.READY, "Available"));
    assertThat(Mark.isTrue(second.getStatus().conditions(), Condition.SYNCED)).isTrue();
    assertThat(velero.cluster.calls()).noneMatch(call -> call.contains("Deployment"));
    // alone, its word counts
    install().delete();
    install("second").delete();
    await(install("second"), ProviderLife::gone);
    await(install(), ProviderLife::gone);
    assertThat(velero.cluster.find("BackupStorageLocation", LOCATION)).isEmpty();
  }

  @Test
  void otherCredentialsForTheSameFolderAreAConflictAcrossKinds() {
    register();
    registerOwn();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.secret(Samples.NAMESPACE, "other", "cloud", "other")).create();
    hub.resource(Samples.install("install")).create();
    await(install(), installSays(Condition.READY, "Available"));
    hub.resource(Local.install("second", "other")).create();
    await(install("second"), installSays(Condition.SYNCED, "LocationConflict"));
  }

  @Test
  void aConfigInUseStaysWithItsWorkUntilTheLastUserIsGone() {
    velero.says("Backup", Map.of("phase", "InProgress"));
    register();
    applyAll(null);
    await(backup(), phase("InProgress"));
    config().delete();
    ClusterProviderConfig told = await(config(), tells(Mark.TERMINATING, "InUse"));
    assertThat(told.getStatus().conditions())
        .filteredOn(condition -> condition.type().equals(Condition.READY))
        .singleElement()
        .satisfies(
            ready -> {
              assertThat(ready.reason()).isEqualTo("Deleting");
              assertThat(ready.message())
                  .contains("VeleroBackup team-a/backup, VeleroInstall team-a/install")
                  .contains("delete the claims");
            });

    velero.update("Backup", Samples.BACKUP_NAME, Map.of("phase", "Completed"));
    await(backup(), phase("Completed"));
    backup().delete();
    await(backup(), ProviderLife::gone);
    assertThat(config().get()).isNotNull();
    install().delete();
    await(install(), ProviderLife::gone);
    assertThat(velero.cluster.find("BackupStorageLocation", LOCATION)).isEmpty();
    await(config(), ProviderLife::gone);
  }

  @Test
  void aConfigThatNobodyUsesIsGoneAtOnce() {
    registerOwn();
    ProviderConfig kept = await(own(), users(0));
    assertThat(kept.getMetadata().getFinalizers()).containsExactly(ConfigCare.FINALIZER);
    own().delete();
    await(own(), ProviderLife::gone);
  }

  @Test
  void resourcesThatWaitForTheirMemberCountToo() {
    hub.resource(Samples.config(List.of("team-*"), null)).create();
    VeleroBackup waiting = Samples.backup("backup", null, "1h");
    hub.resource(waiting).create();
    await(config(), users(1));
    hub.resource(waiting).delete();
    await(config(), users(0));
  }
}
