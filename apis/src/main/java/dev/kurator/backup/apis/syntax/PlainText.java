package dev.kurator.backup.apis.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * Texts that somebody else wrote, as statuses, conditions, Events and logs show them: on one line,
 * without characters that steer a terminal or turn the reading direction, and cut.
 */
public final class PlainText {

  /** The most characters of one text. */
  public static final int LONGEST = 1024;

  /** The most texts of one list. */
  public static final int MOST = 16;

  private static final String CUT = "...";

  private PlainText() {}

  /** The text on one line of at most {@link #LONGEST} characters; a cut one ends in dots. */
  public static String of(String text) {
    StringBuilder plain = new StringBuilder(Math.min(text.length(), LONGEST + 2));
    int at = 0;
    while (at < text.length() && plain.length() <= LONGEST) {
      int character = text.codePointAt(at);
      plain.appendCodePoint(isPlain(character) ? character : ' ');
      at += Character.charCount(character);
    }
    if (plain.length() <= LONGEST) {
      return plain.toString();
    }
    int end = LONGEST - CUT.length();
    plain.setLength(Character.isHighSurrogate(plain.charAt(end - 1)) ? end - 1 : end);
    return plain.append(CUT).toString();
  }

  /** The first {@link #MOST} of the texts, or one less and how many more there are. */
  public static List<String> of(List<String> texts) {
    List<String> plain = new ArrayList<>();
    int shown = texts.size() > MOST ? MOST - 1 : texts.size();
    for (String text : texts.subList(0, shown)) {
      plain.add(of(text));
    }
    if (shown < texts.size()) {
      plain.add(CUT + " and " + (texts.size() - shown) + " more");
    }
    return List.copyOf(plain);
  }

  private static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
