package dev.kurator.backup.apis.syntax;

/** Regular expressions (RE2 and Java alike) of the value syntaxes that claims use. */
public final class Syntax {

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

  /** CEL rule of the key of a label: name or prefix/name. */
  public static final String LABEL_KEY_RULE =
      "self.matches('^([a-z0-9][-a-z0-9.]*/)?" + LABEL_NAME + "$')";

  /** What to tell the user whose value breaks {@link #LABEL_KEY_RULE}. */
  public static final String LABEL_KEY_MESSAGE =
      "must be a label key: name or prefix/name, of letters, digits, '-', '_' and '.', the name at"
          + " most 63 long";

  private static final String DURATION = "([0-9]+([.][0-9]+)?(ns|us|µs|ms|s|m|h))+";

  /** What Go's time.ParseDuration takes, without a sign: {@code 90m}, {@code 1h30m}. */
  public static final String GO_DURATION = "^" + DURATION + "$";

  /** CEL form of {@link #GO_DURATION}: a rule, unlike a pattern, can say what would be right. */
  public static final String DURATION_RULE = "self.matches('" + GO_DURATION + "')";

  /** What to tell the user whose value breaks {@link #DURATION_RULE}. */
  public static final String DURATION_MESSAGE =
      "must be a Go duration such as 90m, 1h30m or 720h; days are not a unit, write 30d as 720h";

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
