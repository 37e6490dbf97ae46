package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.BackupDetail;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a backup has come.
 *
 * @param name Velero's name of it, null before it has one
 * @param phase its phase
 * @param why what is said of how it ended, null if nothing is
 */
public record Taken(@Nullable String name, String phase, @Nullable String why) {

  /**
   * As its resource says.
   *
   * @param complaints what Velero found wrong with it, the worst first
   * @param message what the provider says about it
   */
  public static Taken of(
      @Nullable String name,
      @Nullable String phase,
      @Nullable String failureReason,
      List<String> complaints,
      Optional<String> message) {
    String why =
        Stream.of(Optional.ofNullable(failureReason), message, complaints.stream().findFirst())
            .flatMap(Optional::stream)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse(null);
    return new Taken(name, Phases.orPending(phase), why);
  }

  /** As the claim's status says. */
  static Taken of(BackupDetail entry) {
    return of(
        entry.backupName(),
        entry.phase(),
        entry.failureReason(),
        Stream.concat(entry.validationErrors().stream(), entry.reasons().stream()).toList(),
        Optional.ofNullable(entry.message()));
  }

  boolean hasEnded() {
    return Phases.isTerminal(phase);
  }

  boolean isComplete() {
    return phase.equals(Phases.COMPLETED);
  }
}
