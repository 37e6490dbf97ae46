package dev.kurator.backup.function.wire;

import dev.kurator.backup.apis.syntax.GoDuration;
import dev.kurator.backup.function.claim.Timing;
import dev.kurator.backup.function.wire.struct.MalformedException;
import dev.kurator.backup.function.wire.struct.StructBytes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;

/** Reduces the clock to one boolean, so that everything below {@code wire} is pure. */
final class StartDeadline {

  private static final Duration DEFAULT = Duration.ofHours(1);

  private StartDeadline() {}

  /**
   * Whether a one-time claim may not begin any more.
   *
   * @param composite the claim; false while it has no creation time, and for schedules
   */
  static boolean hasPassed(StructBytes composite, InstantSource clock) throws UnreadableException {
    try {
      StructBytes spec = composite.struct("spec");
      if (spec.has("schedule")) {
        return false;
      }
      String named = spec.text("startDeadline");
      // An invalid deadline is a problem of its own; the default ends such a claim too.
      Duration deadline =
          GoDuration.parse(named.isEmpty() ? Timing.Once.DEFAULT_START_DEADLINE : named)
              .orElse(DEFAULT);
      String created = composite.struct("metadata").text("creationTimestamp");
      return !created.isEmpty() && clock.instant().isAfter(Instant.parse(created).plus(deadline));
    } catch (DateTimeParseException e) {
      return false;
    } catch (MalformedException e) {
      throw new UnreadableException("cannot read when the claim must have begun", e);
    }
  }
}
