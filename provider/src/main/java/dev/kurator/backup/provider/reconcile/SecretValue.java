package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a key of a Secret holds; no text form ever shows the content. */
sealed interface SecretValue {

  /** It cannot be used; the problem names the Secret and says what to do. */
  record Missing(String problem) implements SecretValue {}

  /** It can. */
  final class Present implements SecretValue {

    private final byte[] bytes;

    Present(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    /** The content, to be passed on and never to be shown. */
    byte[] bytes() {
      return bytes.clone();
    }

    /** Whether two hold the same; the time it takes tells nothing of where they differ. */
    boolean same(Present other) {
      return MessageDigest.isEqual(bytes, other.bytes);
    }

    /** The same without white space at both ends. */
    Present trimmed() {
      int from = 0;
      int to = bytes.length;
      while (from < to && Character.isWhitespace(bytes[from])) {
        from++;
      }
      while (to > from && Character.isWhitespace(bytes[to - 1])) {
        to--;
      }
      return new Present(Arrays.copyOfRange(bytes, from, to));
    }
  }

  /**
   * Reads a key.
   *
   * @param secret null where there is none of that name
   * @param name for the problem's text
   */
  static SecretValue read(@Nullable Secret secret, SecretName name, String key) {
    if (secret == null) {
      return new Missing("Secret " + name + " does not exist; create it with a key " + key);
    }
    Map<String, String> data = secret.getData();
    if (data == null || data.isEmpty()) {
      return new Missing("Secret " + name + " is empty; add the key " + key);
    }
    String encoded = data.get(key);
    if (encoded == null) {
      return new Missing(
          "Secret " + name + " has no key " + key + ", only " + new TreeSet<>(data.keySet()));
    }
    byte[] bytes = Base64.getDecoder().decode(encoded);
    if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
      return new Missing("Key " + key + " of Secret " + name + " is empty; fill it");
    }
    return new Present(bytes);
  }
}
