package dev.kurator.backup.provider.velero;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps credentials out of what Velero says about a location: its messages are the object store's,
 * which may repeat a request, and a bad credentials file may be quoted.
 */
record Redaction(List<String> secrets) {

  private static final String STARS = "***";

  /** Bounded, and loops below are possessive: the text is a user's, and may be made to hurt. */
  private static final String SECRET_NAME =
      "[\\w.-]{0,64}(?:key|secret|token|password)[\\w.-]{0,64}";

  /** {@code aws_secret_access_key = x} and {@code AZURE_CLIENT_SECRET=x}. */
  private static final Pattern LINE =
      Pattern.compile("(?im)^[ \\t]*" + SECRET_NAME + "[ \\t]*=(.*)$");

  /** {@code "private_key": "x"}, wherever in the line. */
  private static final Pattern FIELD =
      Pattern.compile(
          "(?i)\"" + SECRET_NAME + "\"\\s*:\\s*\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"");

  /** Ids of AWS keys, private keys, and parts of signed requests. */
  private static final List<Pattern> TELLTALES =
      List.of(
          Pattern.compile("\\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}\\b"),
          Pattern.compile("(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END|$)"),
          Pattern.compile("(?i)(?<=credential=|signature=|x-amz-security-token=)[^\\s&,\"]+"));

  static Redaction of(byte[] credentials) {
    String text = new String(credentials, StandardCharsets.UTF_8);
    return new Redaction(
        Stream.concat(LINE.matcher(text).results(), FIELD.matcher(text).results())
            .map(match -> match.group(1).strip())
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
