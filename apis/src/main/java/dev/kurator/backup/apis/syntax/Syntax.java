package dev.kurator.backup.apis.syntax;

/** Regular expressions (RE2 and Java alike) of the value syntaxes that claims use. */
public final class Syntax {

  /** Most characters of a text that names no other bound. */
  public static final int LONGEST_TEXT = 253;

  /** Most entries of a list or map that names no other bound. */
  public static final int MOST_ENTRIES = 64;

  /** A name that is also a valid label value and DNS label. */
  public static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

  /** A Kubernetes object name. */
  public static final String DNS_SUBDOMAIN =
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

  private static final String NAMESPACE_PART =
      "([a-z0-9*?]|\\[([-a-z0-9]|[a-z0-9]-[a-z0-9]|[-a-z0-9][a-z0-9][-a-z0-9]*)\\])";

  /** A namespace or a glob of some, as Velero takes it, except that it refuses {@code **} too. */
  public static final String NAMESPACE_GLOB = "^" + NAMESPACE_PART + "(-*" + NAMESPACE_PART + ")*$";

  private static final String LABEL_NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";

  /** The value of a label; 63 characters at most. */
  public static final String LABEL_VALUE = "^(" + LABEL_NAME + ")?$";

  private static final String LABEL_KEY = "'^([a-z0-9][-a-z0-9.]*/)?" + LABEL_NAME + "$'";

  /** CEL rule of the key of a label: name or prefix/name. */
  public static final String LABEL_KEY_RULE = "self.matches(" + LABEL_KEY + ")";

  /** CEL rule of a map whose keys are those of labels. */
  public static final String LABEL_KEYS_RULE = "self.all(k, k.matches(" + LABEL_KEY + "))";

  /** What to tell the user whose value breaks {@link #LABEL_KEY_RULE}. */
  public static final String LABEL_KEY_MESSAGE =
      "must be a label key: name or prefix/name, of letters, digits, '-', '_' and '.', the name at"
          + " most 63 long";

  private static final String DURATION = "([0-9]+([.][0-9]+)?(ns|us|µs|ms|s|m|h))+";

  /** What Go's time.ParseDuration takes, without a sign: {@code 90m}, {@code 1h30m}. */
  public static final String GO_DURATION = "^" + DURATION + "$";

  private static final String PART = "([.][0-9]+)?";

  /**
   * Of Go's form, with so few digits that 32 characters never exceed what Go holds (292 years),
   * where CEL's {@code duration} would fail with a message of its own; see {@link #HOURS_TWICE}.
   */
  static final String BOUNDED_DURATION =
      "^(([0-9]{1,6}"
          + (PART + "h|[0-9]{1,7}" + PART + "m|[0-9]{1,9}" + PART + "s|[0-9]{1,12}" + PART)
          + ("ms|[0-9]{1,15}" + PART + "(us|µs)|[0-9]{1,18}" + PART + "ns)+)$");

  /** What a duration must not have besides. */
  static final String HOURS_TWICE = "h.*h";

  /** Longest text of a duration, in characters. */
  public static final int LONGEST_DURATION = 32;

  /** CEL rule of what every duration of ours is, but for its end: the longest one. */
  private static final String DURATION_RULE =
      "self.matches('"
          + BOUNDED_DURATION
          + "') && !self.matches('"
          + HOURS_TWICE
          + "') && duration(self) > duration('0s') && duration(self) <= ";

  /** How to write a duration; what Go does not read. */
  public static final String DURATION_MESSAGE =
      "must be a Go duration such as 90m, 1h30m or 720h; days are not a unit, write 30d as 720h";

  /** The longest that a backup may be kept: 100 years. */
  public static final String LONGEST_TTL = "876000h";

  /** The longest that an operation may wait for anything: a year. */
  public static final String LONGEST_WAIT = "8760h";

  /** The longest time between two writes of progress. */
  public static final String LONGEST_INTERVAL = "24h";

  /** CEL rule of how long a backup is kept. */
  public static final String TTL_RULE = DURATION_RULE + "duration('" + LONGEST_TTL + "')";

  /** What to tell the user whose value breaks {@link #TTL_RULE}. */
  public static final String TTL_MESSAGE =
      DURATION_MESSAGE + "; more than 0 and at most " + LONGEST_TTL;

  /** CEL rule of how long something may wait. */
  public static final String WAIT_RULE = DURATION_RULE + "duration('" + LONGEST_WAIT + "')";

  /** What to tell the user whose value breaks {@link #WAIT_RULE}. */
  public static final String WAIT_MESSAGE =
      DURATION_MESSAGE + "; more than 0 and at most " + LONGEST_WAIT;

  /** CEL rule of the time between two writes. */
  public static final String INTERVAL_RULE =
      DURATION_RULE + "duration('" + LONGEST_INTERVAL + "') && duration(self) >= duration('1s')";

  /** What to tell the user whose value breaks {@link #INTERVAL_RULE}. */
  public static final String INTERVAL_MESSAGE =
      "must be a Go duration such as 15s or 2m, at least 1s and at most " + LONGEST_INTERVAL;

  /**
   * A quantity that is not negative (apimachinery resource.Quantity). Its exponent has two digits:
   * calculating with 1e999999999 would take all memory.
   */
  public static final String QUANTITY =
      "^[+]?([0-9]+([.][0-9]*)?|[.][0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,2})?$";

  /** The key of a Secret's entry. */
  public static final String SECRET_KEY = "^[-._A-Za-z0-9]+$";

  /** A container image, with or without tag and digest. */
  public static final String IMAGE = "^[A-Za-z0-9][-A-Za-z0-9._/:@+]*$";

  private static final String MINUTE = "[0-5]?[0-9]";
  private static final String HOUR = "([01]?[0-9]|2[0-3])";
  private static final String DAY = "(0?[1-9]|[12][0-9]|3[01])";
  private static final String MONTH =
      "(0?[1-9]|1[0-2]|[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][RrYy]|[Aa][Pp][Rr]|[Jj][Uu][NnLl]"
          + "|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][Cc][Tt]|[Nn][Oo][Vv]|[Dd][Ee][Cc])";
  private static final String WEEKDAY =
      "([0-6]|[Ss][Uu][Nn]|[Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]"
          + "|[Ss][Aa][Tt])";
  private static final String STEP = "(/[1-9][0-9]?)?";
  private static final String ANY = "([*?]" + STEP + "|";
  private static final String TO = "(-";

  private static final String MINUTES = ANY + MINUTE + TO + MINUTE + ")?" + STEP + ")";
  private static final String HOURS = ANY + HOUR + TO + HOUR + ")?" + STEP + ")";
  private static final String DAYS = ANY + DAY + TO + DAY + ")?" + STEP + ")";
  private static final String MONTHS = ANY + MONTH + TO + MONTH + ")?" + STEP + ")";
  private static final String WEEKDAYS = ANY + WEEKDAY + TO + WEEKDAY + ")?" + STEP + ")";

  /** Longest cron expression, in characters. */
  public static final int LONGEST_CRON = 128;

  /** What Velero's Schedule takes (robfig/cron v3, standard parser). */
  public static final String CRON =
      "^((CRON_)?TZ=[A-Za-z0-9_+/-]+ +)?("
          + "@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every +"
          + DURATION
          + ("|" + MINUTES + "(," + MINUTES + ")* +" + HOURS + "(," + HOURS + ")* +")
          + (DAYS + "(," + DAYS + ")* +" + MONTHS + "(," + MONTHS + ")* +")
          + (WEEKDAYS + "(," + WEEKDAYS + ")*")
          + ")$";

  /** CEL form of {@link #CRON}. */
  public static final String CRON_RULE = "self.matches('" + CRON + "')";

  /** What to tell the user whose value breaks {@link #CRON_RULE}. */
  public static final String CRON_MESSAGE =
      "must be five cron fields such as '0 2 * * *', or @daily, or @every 6h; CRON_TZ=<zone> may"
          + " stand in front";

  private Syntax() {}
}
