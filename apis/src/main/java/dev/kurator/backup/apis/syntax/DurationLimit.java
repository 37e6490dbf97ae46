package dev.kurator.backup.apis.syntax;

import java.time.Duration;
import java.util.regex.Pattern;

/** Which durations a field takes: the schemas' rules once more, for objects that are older. */
public enum DurationLimit {
  /** How long a backup is kept: {@link Syntax#TTL_RULE}. */
  Ttl(Duration.ofNanos(1), Syntax.LONGEST_TTL, Syntax.TTL_MESSAGE),
  /** How long something may wait: {@link Syntax#WAIT_RULE}. */
  Wait(Duration.ofNanos(1), Syntax.LONGEST_WAIT, Syntax.WAIT_MESSAGE),
  /** The time between two writes: {@link Syntax#INTERVAL_RULE}. */
  Interval(Duration.ofSeconds(1), Syntax.LONGEST_INTERVAL, Syntax.INTERVAL_MESSAGE);

  private static final Pattern FORM = Pattern.compile(Syntax.BOUNDED_DURATION);
  private static final Pattern HOURS_TWICE = Pattern.compile(Syntax.HOURS_TWICE);

  private final Duration shortest;
  private final Duration longest;
  private final String message;

  DurationLimit(Duration shortest, String longest, String message) {
    this.shortest = shortest;
    this.longest = GoDuration.parse(longest).orElseThrow();
    this.message = message;
  }

  /** Whether the schemas take it. */
  public boolean allows(String text) {
    return text.length() <= Syntax.LONGEST_DURATION
        && FORM.matcher(text).matches()
        && !HOURS_TWICE.matcher(text).find()
        && GoDuration.parse(text).filter(this::allows).isPresent();
  }

  private boolean allows(Duration duration) {
    return duration.compareTo(shortest) >= 0 && duration.compareTo(longest) <= 0;
  }

  /** What is right, for the user whose duration is not allowed. */
  public String message() {
    return message;
  }
}
