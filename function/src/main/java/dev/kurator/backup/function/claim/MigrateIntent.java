package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.claim.MigratePolicy;
import dev.kurator.backup.apis.claim.RestorePolicy;
import dev.kurator.backup.apis.claim.Storage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A valid Migrate.
 *
 * @param storage where the data goes on its way
 * @param source selects the member to migrate from
 * @param targets selects the members to migrate to
 * @param policy as the user wrote it, without defaults
 * @param ttl how long the backup is kept, as the user wrote it; null where the claim does not say
 * @param deletionPolicy the claim's, or Retain
 * @param startDeadline Go duration, the claim's or 1h
 */
public record MigrateIntent(
    Storage storage,
    Selection source,
    Selection targets,
    MigratePolicy policy,
    @Nullable String ttl,
    DeletionPolicy deletionPolicy,
    String startDeadline)
    implements Intent {

  /** What the one policy of a Migrate is called, in names and entries. */
  public static final String POLICY = "default";

  /** Time that the backup is kept where the claim does not say, as a Go duration. */
  static final String DEFAULT_TTL = "24h";

  /** What {@link #hash} is of. */
  private record Wish(RestorePolicy policy, String backupName, String source) {}

  /** The backup that it takes: a one-time Backup of the source. */
  public BackupIntent backup() {
    BackupPolicy taken =
        new BackupPolicy(
            policy.resourceFilter(),
            ttl,
            policy.orderedResources(),
            policy.itemOperationTimeout(),
            policy.defaultVolumesToFsBackup());
    BackupPolicy kept =
        new BackupPolicy(
            taken.resourceFilter(),
            Objects.requireNonNullElse(ttl, DEFAULT_TTL),
            taken.orderedResources(),
            taken.itemOperationTimeout(),
            taken.defaultVolumesToFsBackup());
    return new BackupIntent(
        storage,
        List.of(new PolicyIntent(POLICY, source, kept, PolicyHash.of(taken))),
        deletionPolicy,
        new Timing.Once(startDeadline));
  }

  /** How its backup is restored on each target: all of it, since the filter was the backup's. */
  public RestorePolicy brought() {
    return new RestorePolicy(
        null,
        policy.namespaceMapping(),
        policy.migrateStatus(),
        policy.preserveNodePorts(),
        policy.itemOperationTimeout(),
        policy.existingResourcePolicy());
  }

  /**
   * Hash of all that decides what comes to a target: a restore that was run before counts only with
   * the same one.
   *
   * @param backup Velero's name of the backup
   * @param from the member that took it
   */
  public String hash(String backup, String from) {
    return PolicyHash.of(new Wish(brought(), backup, from));
  }
}
