package dev.kurator.backup.provider.velero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ResultsTest {

  private static ByteArrayInputStream packed(String json) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(json.getBytes(StandardCharsets.UTF_8));
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private static List<String> reasons(String json) throws IOException {
    return Results.reasons(packed(json), new byte[0]);
  }

  private static String many(String what, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> "\"" + what + number + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void errorsComeBeforeWarningsWhateverTheOrderOfTheFile() throws IOException {
    assertThat(
            reasons(
                """
                {"warnings": {"namespaces": {"shop": ["w1"], "till": ["w2"]}},
                 "errors": {"velero": ["e1"], "cluster": ["e2"]}}\
                """))
        .containsExactly("e1", "e2", "w1", "w2");
  }

  @Test
  void onlyTheFirstFiveAreTakenEachOnce() throws IOException {
    assertThat(
            reasons(
                """
                {"errors": {"velero": ["e", "e", "e"]}, "warnings": {"velero": %s}}\
                """
                    .formatted(many("w", 90))))
        .containsExactly("e", "w1", "w2", "w3", "w4");
  }

  @Test
  void longWordsAreCut() throws IOException {
    assertThat(reasons("{\"errors\": {\"velero\": [\"" + "x".repeat(400) + "\"]}}"))
        .singleElement()
        .satisfies(word -> assertThat(word).hasSize(300).endsWith("..."));
  }

  @Test
  void noneAreNone() throws IOException {
    assertThat(reasons("{\"errors\": {}, \"warnings\": {}}")).isEmpty();
    assertThat(reasons("{\"errors\": {\"namespaces\": null}}")).isEmpty();
  }

  @Test
  void secretsAreKeptOut() throws IOException {
    assertThat(
            Results.reasons(
                packed("{\"errors\": {\"velero\": [\"denied for hunter2hunter2\"]}}"),
                "aws_secret_access_key=hunter2hunter2".getBytes(StandardCharsets.UTF_8)))
        .containsExactly("denied for ***");
  }

  @Test
  void ofAHugeFileTheBeginningIsRead() throws IOException {
    assertThat(reasons("{\"errors\": {\"velero\": " + many("e".repeat(200), 20_000) + "}}"))
        .hasSize(5);
  }

  @Test
  void whatIsNoResultsFileIsRefused() {
    assertThatThrownBy(() -> reasons("[]")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> reasons("{\"errors\": {\"velero\": [\"e\""))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () ->
                Results.reasons(
                    new ByteArrayInputStream("<html>".getBytes(StandardCharsets.UTF_8)),
                    new byte[0]))
        .isInstanceOf(IOException.class);
  }
}
