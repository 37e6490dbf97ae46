package dev.kurator.backup.apis.syntax;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a schedule runs, as Velero computes it: robfig/cron v3, standard parser, in UTC unless the
 * expression names a zone (velero pkg/controller/schedule_controller.go).
 */
public final class CronSchedule {

  private static final Pattern WHOLE = Pattern.compile(Syntax.CRON);
  private static final Pattern ZONED = Pattern.compile("^(?:CRON_)?TZ=([^ ]+) +(.*)$");
  private static final Pattern EVERY = Pattern.compile("^@every +(.*)$");
  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  /** A fixed day to count runs from: what is counted must not depend on today. */
  private static final Instant SOME_DAY = Instant.parse("2025-01-01T00:00:00Z");

  /** Past so many runs the rest of a window is estimated from their average distance. */
  private static final int COUNTED = 400;

  private sealed interface Rhythm {}

  private record Every(Duration interval) implements Rhythm {}

  private record Fields(ExecutionTime times, ZoneId zone) implements Rhythm {}

  private final Rhythm rhythm;

  private CronSchedule(Rhythm rhythm) {
    this.rhythm = rhythm;
  }

  /**
   * Reads a schedule.
   *
   * @param text five fields, {@code @daily} or the like, or {@code @every 6h}; {@code CRON_TZ=} may
   *     stand in front
   * @throws IllegalArgumentException where Velero would refuse it; its message says what is right
   */
  public static CronSchedule parse(String text) {
    if (text.length() > Syntax.LONGEST_CRON || !WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(Syntax.CRON_MESSAGE);
    }
    Matcher zoned = ZONED.matcher(text);
    ZoneId zone = zoned.matches() ? zone(zoned.group(1)) : ZoneOffset.UTC;
    String rest = zoned.matches() ? zoned.group(2) : text;
    Matcher every = EVERY.matcher(rest);
    return new CronSchedule(every.matches() ? every(every.group(1)) : fields(rest, zone));
  }

  /**
   * The first run after an instant; none where no day ever fits, as February 30.
   *
   * @param after the run before it, or when the schedule was made
   */
  public Optional<Instant> next(Instant after) {
    return switch (rhythm) {
      case Every every -> Optional.of(after.truncatedTo(ChronoUnit.SECONDS).plus(every.interval()));
      case Fields fields ->
          fields
              .times()
              .nextExecution(ZonedDateTime.ofInstant(after, fields.zone()))
              .map(ZonedDateTime::toInstant);
    };
  }

  /**
   * How many runs a window of that length holds on average: what stays when each run is kept for
   * that long. Exact up to some hundred runs, then estimated.
   */
  public long runsWithin(Duration window) {
    Instant end = SOME_DAY.plus(window);
    Instant last = SOME_DAY;
    for (int runs = 0; runs < COUNTED; runs++) {
      Optional<Instant> next = next(last);
      if (next.isEmpty() || next.get().isAfter(end)) {
        return runs;
      }
      last = next.get();
    }
    double average = (double) Duration.between(SOME_DAY, last).toSeconds() / COUNTED;
    return Math.round(window.toSeconds() / average);
  }

  private static Rhythm every(String text) {
    Duration interval =
        GoDuration.parse(text).orElseThrow(() -> new IllegalArgumentException(Syntax.CRON_MESSAGE));
    // robfig/cron's ConstantDelaySchedule knows whole seconds only, and at least one.
    Duration whole = Duration.ofSeconds(Math.max(1, interval.toSeconds()));
    return new Every(whole);
  }

  private static Rhythm fields(String text, ZoneId zone) {
    String five = NICKNAMES.getOrDefault(text, text).replace('?', '*');
    return new Fields(ExecutionTime.forCron(PARSER.parse(five)), zone);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name.equals("Local") ? "UTC" : name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "names the time zone \""
              + name
              + "\", which does not exist; use one such as Europe/Paris",
          e);
    }
  }
}
