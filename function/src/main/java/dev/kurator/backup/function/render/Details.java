package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.function.plan.Decision;
import dev.kurator.backup.function.plan.Earlier;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Phases;
import dev.kurator.backup.function.plan.Plan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The claim's {@code backupDetails}. */
final class Details {

  private static final VeleroBackupObservation UNSEEN = VeleroBackupObservation.inPhase(null);

  private final Observed observed;
  private final Earlier earlier;
  private final String startDeadline;

  private Details(Observed observed, Earlier earlier, String startDeadline) {
    this.observed = observed;
    this.earlier = earlier;
    this.startDeadline = startDeadline;
  }

  static List<BackupDetail> of(
      Plan plan, Observed observed, Earlier earlier, String startDeadline) {
    Details details = new Details(observed, earlier, startDeadline);
    return plan.decisions().stream().map(details::of).toList();
  }

  private BackupDetail of(Decision decision) {
    Operation operation = decision.operation();
    return switch (decision) {
      case Decision.Carry _, Decision.Keep _ -> observed(operation);
      case Decision.Recall recall -> recall.detail();
      case Decision.Hold hold -> unseen(operation, Phases.PENDING, hold.why());
      case Decision.Expire expire ->
          unseen(
              operation,
              Names.NOT_STARTED,
              "did not start within " + startDeadline + ": " + expire.why());
    };
  }

  private BackupDetail observed(Operation operation) {
    ObservedBackup backup = observed.backups().get(operation);
    if (backup == null) {
      return unseen(operation, Phases.PENDING, null);
    }
    VeleroBackupObservation seen = Optional.ofNullable(backup.status().atProvider()).orElse(UNSEEN);
    BackupDetail before = earlier.details().get(operation);
    if (seen.phase() == null && before != null && Phases.isTerminal(before.phase())) {
      // A hub restored from its own backup has lost the resource's status, but nothing is undone.
      return before;
    }
    String phase = seen.phase() == null || seen.phase().isEmpty() ? Phases.PENDING : seen.phase();
    return new BackupDetail(
        operation.member(),
        operation.policy(),
        backup.externalName(),
        phase,
        seen.startTimestamp(),
        seen.completionTimestamp(),
        seen.expiration(),
        seen.progress(),
        seen.errors(),
        seen.warnings(),
        seen.failureReason(),
        seen.validationErrors(),
        seen.reasons(),
        null,
        null,
        null,
        List.of(),
        message(operation, phase, new Health(backup.status().conditions())));
  }

  private @Nullable String message(Operation operation, String phase, Health health) {
    Optional<String> message;
    if (Phases.isTerminal(phase)) {
      // Only its own outcome counts, not that its member is away now.
      message = health.remark();
    } else if (Phases.hasBegun(phase)) {
      // Once Velero works on it, phase and progress say all that is not a failure.
      message = health.failure();
    } else {
      message = health.failure().or(() -> awaited(operation)).or(health::trouble);
    }
    return message.filter(text -> !text.isEmpty()).orElse(null);
  }

  /** The install says first what is missing; the backup that waits for it writes seldom. */
  private Optional<String> awaited(Operation operation) {
    return Optional.ofNullable(observed.installs().get(operation.member()))
        .flatMap(
            install ->
                new Health(install.status().conditions())
                    .trouble()
                    .map(text -> "waiting for VeleroInstall " + install.name() + ": " + text));
  }

  private static BackupDetail unseen(Operation operation, String phase, @Nullable String message) {
    return BackupDetail.unseen(operation.member(), operation.policy(), phase, message);
  }
}
