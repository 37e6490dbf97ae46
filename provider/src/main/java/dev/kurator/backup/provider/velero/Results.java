package dev.kurator.backup.provider.velero;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.kurator.backup.apis.syntax.PlainText;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The results file of a backup: gzipped JSON with the errors and warnings of Velero itself, of
 * cluster-scoped objects, and of every namespace (velero pkg/util/results/result.go).
 */
public final class Results {

  private static final int MOST = 5;
  private static final int LONGEST = 300;

  /** What is read of a file, unpacked: whatever is behind it would not be shown. */
  private static final int PREFIX = 1024 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  private Results() {}

  /**
   * The first few errors and then warnings, in Velero's words.
   *
   * @param file as it is in the object store; a cut one is read as far as it goes
   * @param credentials the location's, whose values are kept out of the words
   * @throws IOException where it is no such file
   */
  public static List<String> reasons(InputStream file, byte[] credentials) throws IOException {
    byte[] json = new GZIPInputStream(file).readNBytes(PREFIX);
    Set<String> errors = new LinkedHashSet<>();
    Set<String> warnings = new LinkedHashSet<>();
    try (JsonParser parser = JSON.createParser(new ByteArrayInputStream(json))) {
      read(parser, errors, warnings);
    } catch (IOException e) {
      if (json.length < PREFIX) {
        throw e;
      }
      // it was cut: what stood before the cut counts
    }
    Redaction redaction = Redaction.of(credentials);
    return Stream.concat(errors.stream(), warnings.stream())
        .limit(MOST)
        .map(redaction::apply)
        .map(Results::cut)
        .toList();
  }

  private static void read(JsonParser parser, Set<String> errors, Set<String> warnings)
      throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new EOFException("it holds no JSON object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Set<String> into = parser.currentName().equals("errors") ? errors : warnings;
      collect(parser, into);
    }
  }

  /** Every text in the next value, whatever its shape. */
  private static void collect(JsonParser parser, Set<String> into) throws IOException {
    List<JsonToken> open = new ArrayList<>();
    do {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new EOFException("it ends too early");
      }
      if (token.isStructStart()) {
        open.add(token);
      } else if (token.isStructEnd()) {
        open.removeLast();
      } else if (token == JsonToken.VALUE_STRING && into.size() < MOST) {
        into.add(parser.getText().strip());
      }
    } while (!open.isEmpty());
  }

  private static String cut(String message) {
    String plain = PlainText.of(message);
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST - 3) + "...";
  }
}
