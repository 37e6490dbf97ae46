package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.Storage;
import dev.kurator.backup.apis.claim.StorageLocation;
import dev.kurator.backup.apis.managed.AccessMode;
import dev.kurator.backup.apis.managed.LocalSecretKeyReference;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroInstallParameters;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.function.plan.Site;
import java.util.List;

/** Specs of VeleroInstalls: every member writes under a folder of its own. */
final class InstallSpecs {

  private static final String CREDENTIALS_KEY = "cloud";

  private InstallSpecs() {}

  /**
   * One member's way to backups; others' are for reading only.
   *
   * @param storage where all backups go
   * @param namespace of the claim that takes them
   * @param member how the site's member is registered
   */
  static VeleroInstallSpec of(
      Site site, Storage storage, String namespace, ProviderConfigReference member) {
    StorageLocation location = storage.location();
    String folder = namespace + "/" + site.source();
    String prefix = location.prefix() == null ? folder : location.prefix() + "/" + folder;
    return new VeleroInstallSpec(
        new VeleroInstallParameters(
            location.under(prefix),
            site.isOwn() ? AccessMode.ReadWrite : AccessMode.ReadOnly,
            new LocalSecretKeyReference(storage.credentials(), CREDENTIALS_KEY),
            null),
        List.of(),
        member);
  }
}
