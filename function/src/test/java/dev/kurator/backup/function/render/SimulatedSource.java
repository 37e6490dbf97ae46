package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.BackupMoment;
import dev.kurator.backup.apis.claim.BackupPhase;
import dev.kurator.backup.apis.claim.BackupStatus;
import dev.kurator.backup.function.claim.BackupIntent;
import dev.kurator.backup.function.claim.ClaimId;
import dev.kurator.backup.function.claim.PolicyIntent;
import dev.kurator.backup.function.claim.Problem;
import dev.kurator.backup.function.claim.Timing;
import dev.kurator.backup.function.plan.Earlier;
import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.SourceBackup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The Backup claim that a Restore names: it comes, goes on, ends, and goes as chance will have. */
final class SimulatedSource {

  private static final ClaimId ID = new ClaimId("Backup", SimulatedHub.NAMESPACE, "b", "");

  private static final List<String> PHASES =
      List.of("Pending", "InProgress", "Completed", "PartiallyFailed", "Failed", "NotStarted");

  private final Random random;
  private final BackupIntent intent;
  private BackupStatus status = new BackupStatus(null, null, null, List.of());

  SimulatedSource(Random random, BackupIntent intent) {
    this.random = random;
    this.intent = intent;
  }

  BackupIntent intent() {
    return intent;
  }

  /** What a hub would find now. */
  SourceBackup found() {
    return switch (random.nextInt(20)) {
      case 0 -> new SourceBackup.Unlisted();
      case 1 -> new SourceBackup.Missing();
      case 2 -> new SourceBackup.Leaving();
      case 3 -> new SourceBackup.Invalid(List.of(new Problem("spec.storage", "is odd")));
      default -> new SourceBackup.Found(ID, intent, Earlier.of(status, kind(), Optional.empty()));
    };
  }

  /** Its status is written, forgotten, or ends. */
  void goOn() {
    boolean lost = random.nextInt(10) == 0;
    status = lost ? new BackupStatus(null, null, null, List.of()) : written();
  }

  private BackupStatus written() {
    BackupPhase phase =
        switch (intent.timing()) {
          case Timing.Scheduled _ -> BackupPhase.Scheduled;
          case Timing.Once _ -> {
            BackupPhase[] phases = BackupPhase.values();
            BackupPhase drawn = phases[random.nextInt(phases.length)];
            yield drawn == BackupPhase.Scheduled ? BackupPhase.Completed : drawn;
          }
        };
    List<BackupDetail> details = new ArrayList<>();
    for (PolicyIntent policy : intent.policies()) {
      for (String member : SimulatedUser.NAMES) {
        if (random.nextInt(10) < 7) {
          details.add(entry(phase, member, policy.name()));
        }
      }
    }
    return new BackupStatus(phase, "as it is", null, details);
  }

  private BackupDetail entry(BackupPhase claim, String member, String policy) {
    String phase =
        switch (claim) {
          case Completed -> "Completed";
          case Failed -> "Failed";
          case Scheduled -> "Enabled";
          case Pending, Preparing, Running, PartiallyFailed ->
              PHASES.get(random.nextInt(PHASES.size()));
        };
    @Nullable BackupMoment successful =
        random.nextBoolean() ? new BackupMoment("run-of-" + member, "2026-01-01T00:00:00Z") : null;
    return new BackupDetail(
        member,
        policy,
        claim == BackupPhase.Scheduled ? null : "backup-of-" + member,
        phase,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        null,
        successful,
        null,
        List.of(),
        null);
  }

  private Operation.Kind kind() {
    return switch (intent.timing()) {
      case Timing.Once _ -> Operation.Kind.Backup;
      case Timing.Scheduled _ -> Operation.Kind.Schedule;
    };
  }
}
