package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroBackupStatus;
import dev.kurator.backup.apis.syntax.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a VeleroBackup itself says of its life so far.
 *
 * @param wantedName the name to begin with
 * @param externalName name of Velero's Backup, once chosen
 * @param tried whether its creation was announced: it may exist although we never saw it
 * @param seen Velero's status when it was last written down, null before the first time
 * @param mayCreate whether the management policies allow it
 * @param late whether it may not begin any more: the start deadline passed, or what was announced
 *     may have come and gone
 */
record BackupSituation(
    String wantedName,
    @Nullable String externalName,
    boolean tried,
    @Nullable VeleroBackupObservation seen,
    boolean mayCreate,
    boolean late) {

  private static final Duration START_DEADLINE = Duration.ofHours(1);

  /** Velero's default. */
  private static final Duration TTL = Duration.ofDays(30);

  /** Reads it off the resource. */
  static BackupSituation of(VeleroBackup backup, Instant now) {
    Map<String, String> annotations = Annotations.of(backup);
    VeleroBackupStatus status = backup.getStatus();
    return new BackupSituation(
        backup.getSpec().forProvider().name(),
        annotations.get(Names.EXTERNAL_NAME),
        annotations.containsKey(Names.EXTERNAL_CREATE_PENDING),
        status == null ? null : status.atProvider(),
        Policies.of(backup, backup.getSpec().managementPolicies()).create(),
        !now.isBefore(deadline(backup)) || outlived(backup, annotations, now));
  }

  /**
   * Whether Velero may have taken the announced backup and deleted it again after its ttl, all of
   * it unseen: then it must not be taken a second time.
   */
  private static boolean outlived(
      VeleroBackup backup, Map<String, String> annotations, Instant now) {
    String announced = annotations.get(Names.EXTERNAL_CREATE_PENDING);
    BackupPolicy policy = backup.getSpec().forProvider().policy();
    return announced != null
        && !now.isBefore(
            Instant.parse(announced)
                .plus(GoDuration.parse(policy == null ? null : policy.ttl(), TTL)));
  }

  /** When it is too late to begin. */
  static Instant deadline(VeleroBackup backup) {
    return Instant.parse(backup.getMetadata().getCreationTimestamp())
        .plus(GoDuration.parse(backup.getSpec().forProvider().startDeadline(), START_DEADLINE));
  }

  /** Velero's phase when it was last written down, null before the first time. */
  @Nullable String phase() {
    return seen == null ? null : seen.phase();
  }
}
