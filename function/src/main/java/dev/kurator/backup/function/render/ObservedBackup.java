package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroBackupStatus;
import org.jspecify.annotations.Nullable;

/**
 * A VeleroBackup as it is on the hub.
 *
 * @param name its metadata.name
 * @param externalName name of Velero's Backup, null before the provider has chosen it
 * @param spec its spec
 * @param status its status, empty before the provider has seen it
 */
public record ObservedBackup(
    String name, @Nullable String externalName, VeleroBackupSpec spec, VeleroBackupStatus status) {}
