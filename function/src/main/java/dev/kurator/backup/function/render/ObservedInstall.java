package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import java.util.List;

/**
 * A VeleroInstall as it is on the hub.
 *
 * @param name its metadata.name
 * @param spec its spec, without what others may set
 * @param status its status, empty before the provider has seen it
 */
public record ObservedInstall(String name, VeleroInstallSpec spec, VeleroInstallStatus status) {

  /** How a message about an operation begins that waits for one; its name follows. */
  static final String AWAITED = "waiting for VeleroInstall ";

  /** Leaves out what others may set. */
  public ObservedInstall {
    spec = new VeleroInstallSpec(spec.forProvider(), List.of(), spec.providerConfigRef());
  }
}
