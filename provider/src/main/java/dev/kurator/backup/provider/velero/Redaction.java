package dev.kurator.backup.provider.velero;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps credentials out of what Velero says about a location: its messages are the object store's,
 * which may repeat a request, and a bad credentials file may be quoted.
 */
record Redaction(List<String> secrets) {

  private static final String STARS = "***";

  /** A line {@code aws_secret_access_key = x}, {@code AZURE_CLIENT_SECRET=x} or {@code "private_key": "x",}. */
  private static final Pattern SETTING =
      Pattern.compile(
          "(?im)^[\\s{]*\"?[\\w.-]*(?:key|secret|token|password)[\\w.-]*\"?\\s*[=:]\\s*\"?(.*?)\"?[,}\\s]*$");

  /** Ids of AWS keys, and parts of signed requests. */
  private static final List<Pattern> TELLTALES =
      List.of(
          Pattern.compile("\\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}\\b"),
          Pattern.compile("(?i)(?<=credential=|signature=|x-amz-security-token=)[^\\s&,\"]+"));

  static Redaction of(byte[] credentials) {
    String text = new String(credentials, StandardCharsets.UTF_8);
    return new Redaction(
        SETTING
            .matcher(text)
            .results()
            .map(line -> line.group(1).strip())
            .filter(value -> !value.isEmpty())
            .distinct()
            // a key that is the beginning of another must not leave that one's end
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  String apply(String message) {
    String redacted = message;
    for (String secret : secrets) {
      redacted = redacted.replace(secret, STARS);
    }
    for (Pattern telltale : TELLTALES) {
      redacted = telltale.matcher(redacted).replaceAll(STARS);
    }
    return redacted;
  }
}
