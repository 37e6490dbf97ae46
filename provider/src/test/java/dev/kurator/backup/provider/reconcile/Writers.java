package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.AccessMode;
import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallParameters;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a Migrate from berlin to paris has: an install on paris that reads berlin's folder. */
final class Writers {

  static final String WRITER = "berlin";

  private static final ProviderConfigReference REFERENCE =
      new ProviderConfigReference(ProviderConfigReference.Kind.ClusterProviderConfig, WRITER);

  private Writers() {}

  static VeleroInstall reading(String name) {
    return reading(name, REFERENCE);
  }

  static VeleroInstall reading(String name, @Nullable ProviderConfigReference writer) {
    VeleroInstall install = Samples.install(name);
    VeleroInstallParameters parameters = install.getSpec().forProvider();
    install.setSpec(
        new VeleroInstallSpec(
            new VeleroInstallParameters(
                parameters.location().under("team-a/" + WRITER),
                AccessMode.ReadOnly,
                parameters.credentials(),
                writer),
            install.getSpec().managementPolicies(),
            install.getSpec().providerConfigRef()));
    return install;
  }

  static ClusterProviderConfig config(
      String name, List<String> namespaces, @Nullable EngineSettings engine) {
    ClusterProviderConfig config = Samples.config(namespaces, engine);
    config.getMetadata().setName(name);
    return config;
  }
}
