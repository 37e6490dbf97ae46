package dev.kurator.backup.apis.syntax;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as Go's time.ParseDuration reads them, without a sign. */
public final class GoDuration {

  /** Longer ones are nobody's, and a regular expression may recurse with each character. */
  private static final int LONGEST = 128;

  private static final Pattern WHOLE = Pattern.compile(Syntax.GO_DURATION);
  private static final Pattern PART = Pattern.compile("([0-9]+(?:[.][0-9]+)?)(ns|us|µs|ms|s|m|h)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private GoDuration() {}

  /**
   * Reads a duration.
   *
   * @param text such as {@code 1h30m}
   * @return empty when Go would refuse it, for its form or because it overflows (about 292 years)
   */
  public static Optional<Duration> parse(String text) {
    if (text.length() > LONGEST || !WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal nanos = BigDecimal.ZERO;
    for (Matcher part = PART.matcher(text); part.find(); ) {
      BigDecimal unit = BigDecimal.valueOf(NANOS.getOrDefault(part.group(2), 0L));
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
    }
    return nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(nanos.longValue()));
  }

  /**
   * Reads a duration that a schema should have checked.
   *
   * @param text null where the field is absent
   * @param absent what an absent field means, and one that cannot be read
   */
  public static Duration parse(@Nullable String text, Duration absent) {
    return text == null ? absent : parse(text).orElse(absent);
  }
}
