package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.StorageLocation;
import dev.kurator.backup.apis.managed.AccessMode;
import dev.kurator.backup.apis.managed.LocalSecretKeyReference;
import dev.kurator.backup.apis.managed.VeleroInstallParameters;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.function.plan.Way;
import java.util.List;

/** Specs of VeleroInstalls: every member writes under a folder of its own. */
final class InstallSpecs {

  private static final String CREDENTIALS_KEY = "cloud";

  private InstallSpecs() {}

  /** One member's way to backups; others' are for reading only. */
  static VeleroInstallSpec of(Way way) {
    StorageLocation location = way.storage().location();
    String folder = way.namespace() + "/" + way.site().source();
    String prefix = location.prefix() == null ? folder : location.prefix() + "/" + folder;
    return new VeleroInstallSpec(
        new VeleroInstallParameters(
            location.under(prefix),
            way.site().isOwn() ? AccessMode.ReadWrite : AccessMode.ReadOnly,
            new LocalSecretKeyReference(way.storage().credentials(), CREDENTIALS_KEY),
            way.writer()),
        List.of(),
        way.member());
  }
}
