package dev.kurator.backup.function.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kurator.backup.apis.syntax.GoDuration;
import dev.kurator.backup.function.claim.Timing;
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
  static boolean hasPassed(JsonNode composite, InstantSource clock) {
    JsonNode spec = composite.path("spec");
    if (spec.hasNonNull("schedule")) {
      return false;
    }
    // An invalid deadline is a problem of its own; the default ends such a claim too.
    Duration deadline =
        GoDuration.parse(spec.path("startDeadline").asText(Timing.Once.DEFAULT_START_DEADLINE))
            .orElse(DEFAULT);
    String created = composite.path("metadata").path("creationTimestamp").asText();
    try {
      return !created.isEmpty() && clock.instant().isAfter(Instant.parse(created).plus(deadline));
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
