package dev.kurator.backup.provider.reconcile;

import java.util.List;

/** Globs of namespace names: {@code *} is any text, {@code ?} any one character. */
final class Globs {

  private Globs() {}

  /** Whether any of the globs is this name; none at all never is. */
  static boolean any(List<String> globs, String name) {
    return globs.stream().anyMatch(glob -> matches(glob, name));
  }

  private static boolean matches(String glob, String name) {
    int at = 0;
    int star = -1;
    int resume = 0;
    int i = 0;
    while (i < name.length()) {
      char wanted = at < glob.length() ? glob.charAt(at) : 0;
      if (wanted == '*') {
        star = at++;
        resume = i;
      } else if (wanted == '?' || wanted == name.charAt(i)) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    while (at < glob.length() && glob.charAt(at) == '*') {
      at++;
    }
    return at == glob.length();
  }
}
