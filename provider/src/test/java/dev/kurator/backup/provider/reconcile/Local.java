package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ClusterCredentials;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.LocalClusterCredentials;
import dev.kurator.backup.apis.managed.LocalSecretKeyReference;
import dev.kurator.backup.apis.managed.ProviderConfig;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.ProviderConfigSpec;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The registration {@code own} of team-a, and resources that name it. */
final class Local {

  static final String NAME = "own";
  static final ProviderConfigKey KEY =
      new ProviderConfigKey(ProviderConfigReference.Kind.ProviderConfig, Samples.NAMESPACE, NAME);

  private static final ProviderConfigReference REFERENCE =
      new ProviderConfigReference(ProviderConfigReference.Kind.ProviderConfig, NAME);

  private Local() {}

  static ProviderConfig config(@Nullable EngineSettings engine) {
    return config(NAME, "2026-11-22T12:00:00Z", engine);
  }

  static ProviderConfig config(String name, String created, @Nullable EngineSettings engine) {
    ProviderConfig config = new ProviderConfig();
    config.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(Samples.NAMESPACE)
            .withName(name)
            .withCreationTimestamp(created)
            .build());
    config.setSpec(
        new ProviderConfigSpec(
            new LocalClusterCredentials(
                ClusterCredentials.Source.Secret,
                new LocalSecretKeyReference("own-kubeconfig", "kubeconfig")),
            engine,
            null,
            null));
    return config;
  }

  static Secret kubeconfig(String namespace, String content) {
    return Samples.secret(namespace, "own-kubeconfig", "kubeconfig", content);
  }

  static VeleroInstall install(String name, String secret) {
    VeleroInstall install = Samples.install(name, secret, Map.of());
    install.setSpec(
        new VeleroInstallSpec(
            install.getSpec().forProvider(), install.getSpec().managementPolicies(), REFERENCE));
    return install;
  }

  static VeleroBackup backup(String name) {
    VeleroBackup backup = Samples.backup(name, null, "1h");
    backup.setSpec(
        new VeleroBackupSpec(
            backup.getSpec().forProvider(), backup.getSpec().managementPolicies(), REFERENCE));
    return backup;
  }
}
