package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.claim.StorageLocation;
import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.ClusterCredentials;
import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.ClusterProviderConfigSpec;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.LocalSecretKeyReference;
import dev.kurator.backup.apis.managed.ManagementPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.SecretKeyReference;
import dev.kurator.backup.apis.managed.UnreadableField;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallParameters;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.apis.managed.VeleroScheduleParameters;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.provider.velero.Origin;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resources as a claim in team-a for the member paris gives them. */
final class Samples {

  static final String NAMESPACE = "team-a";
  static final String MEMBER = "paris";
  static final String BACKUP_NAME = "nightly-0123abcd";
  static final String PASSWORD = "aws_secret_access_key=hunter2hunter2";

  static final ProviderConfigReference REFERENCE =
      new ProviderConfigReference(ProviderConfigReference.Kind.ClusterProviderConfig, MEMBER);

  private Samples() {}

  static ClusterProviderConfig config(List<String> namespaces, @Nullable EngineSettings engine) {
    ClusterProviderConfig config = new ClusterProviderConfig();
    config.setMetadata(new ObjectMetaBuilder().withName(MEMBER).build());
    config.setSpec(
        new ClusterProviderConfigSpec(
            new ClusterCredentials(
                ClusterCredentials.Source.Secret,
                new SecretKeyReference("crossplane-system", "paris-kubeconfig", "kubeconfig")),
            namespaces,
            engine,
            null,
            null));
    return config;
  }

  static EngineSettings engine(
      EngineSettings.@Nullable Management management,
      EngineSettings.@Nullable Removal removal,
      @Nullable SecretKeyReference password) {
    return engine(null, management, removal, password);
  }

  /** An engine that is not in the usual namespace. */
  static EngineSettings engineIn(String namespace) {
    return engine(namespace, null, null, null);
  }

  private static EngineSettings engine(
      @Nullable String namespace,
      EngineSettings.@Nullable Management management,
      EngineSettings.@Nullable Removal removal,
      @Nullable SecretKeyReference password) {
    return new EngineSettings(
        namespace,
        null,
        null,
        Map.of(),
        List.of(),
        null,
        Map.of(),
        List.of(),
        null,
        null,
        password,
        management,
        removal);
  }

  static Secret secret(String namespace, String name, String key, String content) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .addToData(
            key, Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  static Secret kubeconfig() {
    return secret("crossplane-system", "paris-kubeconfig", "kubeconfig", "a kubeconfig");
  }

  static Secret storage() {
    return secret(NAMESPACE, "store", "cloud", PASSWORD);
  }

  static StorageLocation location(Map<String, String> settings) {
    return new StorageLocation(
        "backups", StorageProvider.aws, "http://s3:7070", "lab", "team-a/paris", settings);
  }

  static VeleroInstall install(String name) {
    return install(name, "store", Map.of());
  }

  static VeleroInstall install(String name, String secret, Map<String, String> settings) {
    VeleroInstall install = new VeleroInstall();
    install.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(NAMESPACE)
            .withName(name)
            .withUid("uid-of-" + name)
            .withCreationTimestamp("2026-11-22T12:00:00Z")
            .build());
    install.setSpec(
        new VeleroInstallSpec(
            new VeleroInstallParameters(
                location(settings), null, new LocalSecretKeyReference(secret, "cloud"), null),
            List.of(ManagementPolicy.All),
            REFERENCE));
    return install;
  }

  /** One whose backups go to another provider's object store. */
  static VeleroInstall ofProvider(String name, StorageProvider provider) {
    VeleroInstall install = install(name);
    VeleroInstallParameters parameters = install.getSpec().forProvider();
    install.setSpec(
        new VeleroInstallSpec(
            new VeleroInstallParameters(
                new StorageLocation("backups", provider, null, null, "team-a/paris", Map.of()),
                null,
                parameters.credentials(),
                null),
            install.getSpec().managementPolicies(),
            REFERENCE));
    return install;
  }

  /** One of which a field cannot be read. */
  static VeleroInstall unreadable(String name, String field) {
    VeleroInstall install = install(name);
    install.unreadable(
        List.of(new UnreadableField(List.of(field.split("[.]")), "cannot be read", "[]")));
    return install;
  }

  /** One whose backups go to another folder. */
  static VeleroInstall elsewhere(String name) {
    VeleroInstall install = install(name);
    VeleroInstallParameters parameters = install.getSpec().forProvider();
    install.setSpec(
        new VeleroInstallSpec(
            new VeleroInstallParameters(
                parameters.location().under("team-a/rome"), null, parameters.credentials(), null),
            install.getSpec().managementPolicies(),
            REFERENCE));
    return install;
  }

  static VeleroBackup backup(String name, @Nullable DeletionPolicy policy, String deadline) {
    VeleroBackup backup = new VeleroBackup();
    backup.setMetadata(new ObjectMetaBuilder().withNamespace(NAMESPACE).withName(name).build());
    backup.setSpec(
        new VeleroBackupSpec(
            new VeleroBackupParameters(
                BACKUP_NAME,
                "install",
                BackupPolicy.UNSET,
                Map.of(),
                "hash",
                deadline,
                "15s",
                policy),
            List.of(ManagementPolicy.All),
            REFERENCE));
    return backup;
  }

  static final String SCHEDULE_NAME = "daily-0123abcd";

  static VeleroSchedule schedule(String cron, boolean paused, @Nullable DeletionPolicy policy) {
    VeleroSchedule schedule = new VeleroSchedule();
    schedule.setMetadata(
        new ObjectMetaBuilder().withNamespace(NAMESPACE).withName("schedule").build());
    schedule.setSpec(
        new VeleroScheduleSpec(
            new VeleroScheduleParameters(
                SCHEDULE_NAME,
                "install",
                cron,
                paused,
                BackupPolicy.UNSET,
                Map.of(Names.CLAIM_NAME_LABEL, "daily"),
                "hash",
                policy),
            List.of(ManagementPolicy.All),
            REFERENCE));
    return schedule;
  }

  /** Whom objects are by that a hub made on a member for the namespace of the samples. */
  static Origin origin(String hub, String member) {
    return new Origin(hub, NAMESPACE, member, Set.of(member));
  }
}
