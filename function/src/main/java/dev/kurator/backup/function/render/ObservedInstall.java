package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;

/**
 * A VeleroInstall as it is on the hub.
 *
 * @param name its metadata.name
 * @param spec its spec
 * @param status its status, empty before the provider has seen it
 */
public record ObservedInstall(String name, VeleroInstallSpec spec, VeleroInstallStatus status) {}
