package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.SecretKeyReference;
import dev.kurator.backup.apis.managed.SharedPassword;
import dev.kurator.backup.apis.managed.VeleroInstall;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What an install says of its writer's password, from its first status on. */
@Execution(ExecutionMode.CONCURRENT)
class SharedPasswordLifeTest extends ProviderLife {

  private static final List<String> TEAMS = List.of("team-*");

  private static Secret password(String name, String content) {
    return Samples.secret("crossplane-system", name, "password", content);
  }

  private static EngineSettings engine(String secret) {
    return Samples.engine(
        null, null, new SecretKeyReference("crossplane-system", secret, "password"));
  }

  private Resource<ClusterProviderConfig> writer() {
    return hub.resources(ClusterProviderConfig.class).withName(Writers.WRITER);
  }

  private static Predicate<VeleroInstall> shares(SharedPassword shared) {
    return install ->
        install != null
            && install.getStatus() != null
            && install.getStatus().atProvider() != null
            && install.getStatus().atProvider().sharedPassword() == shared;
  }

  /** Reader and writer, each with a password of its own. */
  private void registerBoth(String own, String theirs) {
    hub.resource(Samples.kubeconfig()).create();
    hub.resource(password("own", own)).create();
    hub.resource(password("theirs", theirs)).create();
    hub.resource(Samples.config(TEAMS, engine("own"))).create();
    hub.resource(Writers.config(Writers.WRITER, TEAMS, engine("theirs"))).create();
  }

  @Test
  void theWordIsOutBeforeTheMemberIsReached() {
    velero.connecting();
    registerBoth("hunter2", "hunter2");
    hub.resource(Samples.storage()).create();
    hub.resource(Writers.reading("install")).create();
    VeleroInstall first = await(install(), shares(SharedPassword.Same));
    assertThat(says(first.getStatus().conditions(), Condition.READY, "connecting to cluster paris"))
        .isTrue();
    assertThat(velero.cluster.calls()).isEmpty();

    velero.heal();
    VeleroInstall ready = await(install(), installSays(Condition.READY, "Available"));
    assertThat(seen(ready).sharedPassword()).isEqualTo(SharedPassword.Same);
    assertThat(seen(ready).memberIdentity()).isEqualTo(FakeMember.IDENTITY);
  }

  @Test
  void theFirstStatusHasItWhateverKeepsTheMemberAway() {
    hub.resource(Writers.reading("install")).create();
    VeleroInstall first = await(install(), installSays(Condition.SYNCED, "paris does not exist"));
    assertThat(seen(first).sharedPassword()).isEqualTo(SharedPassword.Unknown);

    velero.cut("no route");
    registerBoth("hunter2", "hunter2");
    // the one may be registered a moment before the other
    await(
        install(),
        it ->
            installSays(Condition.SYNCED, "is unreachable").test(it)
                && seen(it).sharedPassword() == SharedPassword.Same);
    assertThat(velero.cluster.calls()).isEmpty();
  }

  @Test
  void whatDiffersIsSaidOnAReadyInstallAndTakenBackWhenItIsMended() {
    registerBoth("hunter2", "swordfish");
    hub.resource(Samples.storage()).create();
    hub.resource(Writers.reading("install")).create();
    String words = "ClusterProviderConfig paris and ClusterProviderConfig berlin have different";
    VeleroInstall told =
        await(
            install(),
            it ->
                installSays(Condition.READY, words).test(it)
                    && installSays(Condition.READY, "Available").test(it));
    assertThat(seen(told).sharedPassword()).isEqualTo(SharedPassword.Different);
    assertThat(Mark.isTrue(told.getStatus().conditions(), Condition.READY)).isTrue();
    assertNothingOfThem("hunter2", "swordfish");

    hub.resource(password("theirs", "hunter2")).patch();
    await(install(), shares(SharedPassword.Same));
    VeleroInstall mended = await(install(), Predicate.not(installSays(Condition.READY, words)));
    assertThat(seen(mended).sharedPassword()).isEqualTo(SharedPassword.Same);
    hub.resource(Writers.config(Writers.WRITER, TEAMS, null)).patch();
    await(install(), shares(SharedPassword.Different));
    hub.resource(Samples.config(TEAMS, null)).patch();
    await(install(), shares(SharedPassword.Same));
  }

  private void assertNothingOfThem(String... passwords) {
    String all =
        hub.getKubernetesSerialization().asYaml(install().get())
            + hub.getKubernetesSerialization()
                .asYaml(hub.v1().events().inNamespace(Samples.NAMESPACE).list());
    for (String password : passwords) {
      assertThat(all)
          .doesNotContain(password)
          .doesNotContain(Digest.of(password.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
  }

  @Test
  void aWriterThatGoesIsNotHeldAndUnknownFromThenOn() {
    registerBoth("hunter2", "hunter2");
    hub.resource(Samples.storage()).create();
    hub.resource(Writers.reading("install")).create();
    await(install(), installSays(Condition.READY, "Available"));
    ClusterProviderConfig config =
        await(
            writer(),
            it ->
                it != null && it.getStatus() != null && Objects.equals(it.getStatus().users(), 0L));
    assertThat(config.getMetadata().getFinalizers()).containsExactly(ConfigCare.FINALIZER);
    writer().delete();
    await(writer(), ProviderLife::gone);
    VeleroInstall left = await(install(), shares(SharedPassword.Unknown));
    assertThat(Mark.isTrue(left.getStatus().conditions(), Condition.READY)).isTrue();

    hub.resource(Writers.config(Writers.WRITER, List.of("team-b"), engine("own"))).create();
    hub.resource(Writers.config(Writers.WRITER, TEAMS, engine("own"))).patch();
    await(install(), shares(SharedPassword.Same));
  }

  @Test
  void whereNobodyLooksItIsUnknown() {
    registerBoth("hunter2", "hunter2");
    VeleroInstall paused = Writers.reading("install");
    paused.getMetadata().setAnnotations(Map.of(Names.PAUSED, "true"));
    hub.resource(paused).create();
    VeleroInstall told = await(install(), installSays(Condition.SYNCED, "ReconcilePaused"));
    assertThat(seen(told).sharedPassword()).isEqualTo(SharedPassword.Unknown);
  }

  @Test
  void whoNamesTheWriterAndWhoDoesNotShareOneLocation() {
    registerBoth("hunter2", "hunter2");
    hub.resource(Samples.storage()).create();
    hub.resource(Writers.reading("install", null)).create();
    VeleroInstall plain = await(install(), installSays(Condition.READY, "Available"));
    assertThat(seen(plain).sharedPassword()).isNull();
    hub.resource(Writers.reading("second")).create();
    Resource<VeleroInstall> second =
        hub.resources(VeleroInstall.class).inNamespace(Samples.NAMESPACE).withName("second");
    VeleroInstall reading = await(second, installSays(Condition.READY, "Available"));
    assertThat(seen(reading).storageLocation()).isEqualTo(seen(plain).storageLocation());
    assertThat(velero.cluster.count("BackupStorageLocation")).isEqualTo(1);

    install().delete();
    await(install(), ProviderLife::gone);
    assertThat(velero.cluster.count("BackupStorageLocation")).isEqualTo(1);
  }
}
