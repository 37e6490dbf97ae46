package dev.kurator.backup.provider.velero;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names with a number behind them. */
final class Numbered {

  private static final Pattern HASHED = Pattern.compile("(.+)(-[0-9a-f]{8})");

  private Numbered() {}

  /** The wanted name at first, then with -2, -3 behind it; never longer than allowed. */
  static String name(String wanted, int attempt, int longest) {
    if (attempt == 0) {
      return wanted;
    }
    String suffix = "-" + (attempt + 1);
    int room = longest - suffix.length();
    if (wanted.length() <= room) {
      return wanted + suffix;
    }
    // a hash at the end is what makes the name unique: cut before it
    Matcher hashed = HASHED.matcher(wanted);
    String kept = hashed.matches() ? hashed.group(2) : "";
    String head = hashed.matches() ? hashed.group(1) : wanted;
    return head.substring(0, room - kept.length()).replaceAll("-+$", "") + kept + suffix;
  }
}
