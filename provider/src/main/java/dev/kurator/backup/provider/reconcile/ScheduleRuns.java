package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.BackupMoment;
import dev.kurator.backup.apis.claim.BackupRun;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroScheduleObservation;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.NameClash;
import dev.kurator.backup.provider.velero.ScheduleState;
import dev.kurator.backup.provider.velero.Times;
import dev.kurator.backup.provider.velero.VeleroPhase;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a Schedule and its Backups say together. Pure; its size does not depend on their number. */
final class ScheduleRuns {

  private static final int SHOWN = 3;

  private static final Comparator<Run> NEWEST_FIRST =
      Comparator.comparing(Run::time).thenComparing(Run::name).reversed();

  private record Run(String name, String created, VeleroBackupObservation seen) {

    static Run of(GenericKubernetesResource backup) {
      return new Run(
          backup.getMetadata().getName(),
          Objects.requireNonNullElse(backup.getMetadata().getCreationTimestamp(), ""),
          Backups.observation(backup));
    }

    VeleroPhase stage() {
      return VeleroPhase.of(seen.phase());
    }

    /** One that Velero refused has no other time. */
    String time() {
      return Objects.requireNonNullElse(seen.startTimestamp(), created);
    }

    BackupMoment moment() {
      return new BackupMoment(name, time());
    }

    BackupRun shown() {
      String refused =
          seen.validationErrors().isEmpty() ? null : String.join("; ", seen.validationErrors());
      return new BackupRun(
          name,
          Objects.requireNonNullElse(seen.phase(), "New"),
          seen.startTimestamp(),
          seen.completionTimestamp(),
          seen.expiration(),
          seen.errors(),
          seen.warnings(),
          seen.failureReason() == null ? refused : seen.failureReason(),
          List.of());
    }

    /** When Velero made it, unless it came from the bucket later. */
    Stream<Instant> submitted() {
      String start = seen.startTimestamp();
      return start == null || start.compareTo(created) >= 0
          ? Times.read(created).stream()
          : Stream.empty();
    }
  }

  private ScheduleRuns() {}

  /**
   * The status.
   *
   * @param backups the Schedule's, in any order
   * @param now needed only until Velero has counted on from now, as an edit asked it to
   */
  static VeleroScheduleObservation observe(
      ScheduleState state, List<GenericKubernetesResource> backups, Instant now) {
    List<Run> runs =
        backups.stream()
            .map(Run::of)
            .filter(run -> run.stage() != VeleroPhase.Deleting)
            .sorted(NEWEST_FIRST)
            .toList();
    return new VeleroScheduleObservation(
        Objects.requireNonNullElse(state.phase(), "New"),
        newest(runs, run -> run.stage() != VeleroPhase.Waiting),
        newest(runs, run -> run.stage() == VeleroPhase.Completed),
        next(state, runs, now),
        runs.stream().limit(SHOWN).map(Run::shown).toList(),
        state.validationErrors());
  }

  private static @Nullable BackupMoment newest(List<Run> runs, Predicate<Run> test) {
    return runs.stream().filter(test).findFirst().map(Run::moment).orElse(null);
  }

  /** Velero makes the Backup first and notes that it did afterwards: the Backup counts, too. */
  private static @Nullable String next(ScheduleState state, List<Run> runs, Instant now) {
    if (state.paused() || state.refused()) {
      return null;
    }
    Optional<Instant> since =
        Stream.of(
                Stream.of(state.since()),
                runs.stream().flatMap(Run::submitted),
                state.skipping() ? Stream.of(now) : Stream.<Instant>empty())
            .flatMap(times -> times)
            .max(Comparator.naturalOrder());
    return since.flatMap(state::dueAfter).map(Instant::toString).orElse(null);
  }

  /** The newest run with errors or warnings of which Velero has kept the words. */
  static Optional<BackupRun> troubled(VeleroScheduleObservation seen) {
    return seen.runs().stream().filter(ScheduleRuns::explicable).findFirst();
  }

  private static boolean explicable(BackupRun run) {
    return VeleroPhase.of(run.phase()).terminal()
        && !NameClash.is(run.failureReason())
        && Objects.requireNonNullElse(run.errors(), 0L)
                + Objects.requireNonNullElse(run.warnings(), 0L)
            > 0;
  }

  /** The reasons of a run, none where none are known. */
  static List<String> reasons(VeleroScheduleObservation seen, String run) {
    return seen.runs().stream()
        .filter(one -> one.name().equals(run))
        .flatMap(one -> one.reasons().stream())
        .toList();
  }

  /** The same with the reasons of one run in it. */
  static VeleroScheduleObservation explained(
      VeleroScheduleObservation seen, String run, List<String> reasons) {
    return with(seen, one -> one.name().equals(run) ? one.explained(reasons) : one);
  }

  private static VeleroScheduleObservation with(
      VeleroScheduleObservation seen, UnaryOperator<BackupRun> change) {
    return new VeleroScheduleObservation(
        seen.phase(),
        seen.lastBackup(),
        seen.lastSuccessfulBackup(),
        seen.nextBackup(),
        seen.runs().stream().map(change).toList(),
        seen.validationErrors());
  }

  /**
   * Whether nothing begins or ends between two statuses: what a run goes through meanwhile is not
   * written, since each write makes the claim reconcile.
   */
  static boolean same(@Nullable VeleroScheduleObservation one, VeleroScheduleObservation other) {
    return one != null && with(one, ScheduleRuns::coarse).equals(with(other, ScheduleRuns::coarse));
  }

  private static BackupRun coarse(BackupRun run) {
    VeleroPhase stage = VeleroPhase.of(run.phase());
    return stage.terminal()
        ? run
        : new BackupRun(run.name(), stage.name(), null, null, null, null, null, null, List.of());
  }

  /** Whether a run has ended whose end is not written. */
  static boolean moreEnded(
      @Nullable VeleroScheduleObservation written, VeleroScheduleObservation seen) {
    return !ended(written).containsAll(ended(seen));
  }

  private static List<String> ended(@Nullable VeleroScheduleObservation seen) {
    return seen == null
        ? List.of()
        : seen.runs().stream()
            .filter(run -> VeleroPhase.of(run.phase()).terminal())
            .map(BackupRun::name)
            .toList();
  }

  /** Whether a run of which nothing is written was made but not begun: it most likely does now. */
  static boolean aboutToBegin(
      @Nullable VeleroScheduleObservation written, VeleroScheduleObservation seen) {
    List<String> known =
        written == null ? List.of() : written.runs().stream().map(BackupRun::name).toList();
    return seen.runs().stream()
        .limit(1)
        .filter(run -> !known.contains(run.name()))
        .anyMatch(run -> VeleroPhase.of(run.phase()) == VeleroPhase.Waiting);
  }
}
