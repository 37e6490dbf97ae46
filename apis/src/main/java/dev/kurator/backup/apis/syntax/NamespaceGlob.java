package dev.kurator.backup.apis.syntax;

import java.util.List;

/** Globs of namespace names: {@code *} is any text, also none, {@code ?} any one character. */
public final class NamespaceGlob {

  private NamespaceGlob() {}

  /**
   * Whether a namespace is among the allowed ones.
   *
   * @param globs names or globs; none at all allows nothing
   */
  public static boolean any(List<String> globs, String namespace) {
    return globs.stream().anyMatch(glob -> matches(glob, namespace));
  }

  /**
   * Linear in practice: on a mismatch only the last {@code *} is extended, never an earlier one.
   */
  static boolean matches(String glob, String text) {
    int g = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        resume = t;
      } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == text.charAt(t))) {
        g++;
        t++;
      } else if (star >= 0) {
        g = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }
}
