package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.BackupPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.OperationObservation;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.apis.syntax.GoDuration;
import dev.kurator.backup.provider.velero.Times;
import dev.kurator.backup.provider.velero.VeleroPhase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operation that runs once says itself of its life so far.
 *
 * @param <O> what Velero says of it
 * @param wantedName the name to begin with
 * @param externalName name of Velero's object, once chosen
 * @param tried whether its creation was announced: it may exist although we never saw it
 * @param seen Velero's status when it was last written down, null before the first time
 * @param touched whether this process has made or seen Velero's object
 * @param mayCreate whether the management policies allow it
 * @param ownership whether Velero's object of that name is its own
 * @param late whether it may not begin any more: the start deadline passed, or what was announced
 *     may have come and gone
 */
record OneTimeSituation<O extends OperationObservation>(
    String wantedName,
    @Nullable String externalName,
    boolean tried,
    @Nullable O seen,
    boolean touched,
    boolean mayCreate,
    Ownership ownership,
    boolean late) {

  private static final Duration START_DEADLINE = Duration.ofHours(1);

  /** Velero's default. */
  private static final Duration TTL = Duration.ofDays(30);

  /**
   * Of a backup.
   *
   * @param states what this process knows of it besides
   */
  static OneTimeSituation<VeleroBackupObservation> of(
      VeleroBackup backup, States states, Instant now) {
    return of(
        backup,
        Operation.of(backup),
        backup.getStatus() == null ? null : backup.getStatus().atProvider(),
        states.touched(backup),
        !now.isBefore(deadline(backup)) || outlived(backup, now));
  }

  /**
   * Of a restore; what became of it is kept on the member, for as long as the resource is there.
   */
  static OneTimeSituation<VeleroRestoreObservation> of(VeleroRestore restore, Instant now) {
    return of(
        restore,
        Operation.of(restore),
        restore.getStatus() == null ? null : restore.getStatus().atProvider(),
        false,
        !now.isBefore(deadline(restore)));
  }

  private static <O extends OperationObservation> OneTimeSituation<O> of(
      HasMetadata resource, Operation operation, @Nullable O seen, boolean touched, boolean late) {
    return new OneTimeSituation<>(
        operation.wantedName(),
        operation.externalName(),
        announced(resource) != null,
        seen,
        touched,
        operation.policies().create(),
        operation.ownership(),
        late);
  }

  /**
   * Whether Velero may have taken the announced backup and deleted it again after its ttl, all of
   * it unseen: then it must not be taken a second time.
   */
  private static boolean outlived(VeleroBackup backup, Instant now) {
    Instant announced = announced(backup);
    BackupPolicy policy = backup.getSpec().forProvider().policy();
    return announced != null
        && !now.isBefore(
            announced.plus(GoDuration.parse(policy == null ? null : policy.ttl(), TTL)));
  }

  /**
   * When the creation of Velero's object was announced, null where it was not. What says so
   * unreadably was announced as early as can be: what may have run is not run again.
   */
  static @Nullable Instant announced(HasMetadata resource) {
    String pending = Annotations.of(resource).get(Names.EXTERNAL_CREATE_PENDING);
    return pending == null ? null : Times.read(pending).orElseGet(() -> created(resource));
  }

  /** Why it is not known when the creation was announced; empty where it is. */
  static Optional<String> unreadable(HasMetadata resource) {
    return Optional.ofNullable(Annotations.of(resource).get(Names.EXTERNAL_CREATE_PENDING))
        .filter(pending -> Times.read(pending).isEmpty())
        .map(
            pending ->
                "annotation "
                    + Names.EXTERNAL_CREATE_PENDING
                    + " is no time; write when the creation was tried, such as "
                    + created(resource));
  }

  private static Instant created(HasMetadata resource) {
    return Times.read(resource.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH);
  }

  /** When it is too late to begin a backup. */
  static Instant deadline(VeleroBackup backup) {
    return deadline(backup, backup.getSpec().forProvider().startDeadline());
  }

  /** When it is too late to begin a restore. */
  static Instant deadline(VeleroRestore restore) {
    return deadline(restore, restore.getSpec().forProvider().startDeadline());
  }

  private static Instant deadline(HasMetadata resource, @Nullable String wanted) {
    return created(resource).plus(GoDuration.parse(wanted, START_DEADLINE));
  }

  /** Velero's phase when it was last written down, null before the first time. */
  @Nullable String phase() {
    return seen == null ? null : seen.phase();
  }

  /** Whether Velero's object was there, as the status says or as this process saw. */
  boolean met() {
    return touched || phase() != null;
  }

  /** Whether it is over for good. */
  boolean over() {
    return over(phase());
  }

  /** Whether a phase is one that nothing follows. */
  static boolean over(@Nullable String phase) {
    return phase != null && (phase.equals(Names.NOT_STARTED) || VeleroPhase.of(phase).terminal());
  }

  /**
   * Whether it never began and must not any more: only that can be told without a look. What may
   * not be created has no beginning to miss: it waits for what it is to observe.
   */
  boolean missed() {
    return externalName == null && !tried && mayCreate && late;
  }
}
