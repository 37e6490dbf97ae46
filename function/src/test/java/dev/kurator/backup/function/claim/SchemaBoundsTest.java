package dev.kurator.backup.function.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A field of tomorrow, of which no rule says more than its annotations. */
class SchemaBoundsTest {

  /** Every way to be bounded. */
  public record Tomorrow(
      @Nullable @Size(min = 2, max = 3) @Pattern("^[a-z]+$") String name,
      @Nullable String text,
      List<@Size(max = 3) @Pattern("^[a-z]*$") String> names,
      @Size(max = 1) Map<String, @Size(max = 3) String> labels,
      List<Tomorrow> inner) {

    /** With one field set, or one within another. */
    static Tomorrow of(String field, String value) {
      return switch (field) {
        case "name" -> new Tomorrow(value, null, List.of(), Map.of(), List.of());
        case "text" -> new Tomorrow(null, value, List.of(), Map.of(), List.of());
        case "names" -> new Tomorrow(null, null, List.of("a", value), Map.of(), List.of());
        case "labels" -> new Tomorrow(null, null, List.of(), Map.of("k", value), List.of());
        default -> new Tomorrow(null, null, List.of(), Map.of(), List.of(of("name", value)));
      };
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name   | ab    | ''             | ''
          name   | abc   | ''             | ''
          name   | a     | spec.name      | "a" has 1 characters; use 2 to 3
          name   | abcd  | spec.name      | "abcd" has 4 characters; use 2 to 3
          name   | aB    | spec.name      | "aB" must match ^[a-z]+$
          text   | x     | ''             | ''
          names  | abcd  | spec.names     | "abcd" has 4 characters; use at most 3
          names  | AB    | spec.names     | "AB" must match ^[a-z]*$
          labels | abcd  | spec.labels[k] | "abcd" has 4 characters; use at most 3
          labels | 世世世 | ''             | ''
          inner  | a     | spec.inner[0].name | use 2 to 3
          """)
  void whatIsOutOfBoundsIsToldByFieldAndWithWhatIsRight(
      String field, String value, String path, String message) {
    Problems problems = new Problems();
    SchemaBounds.check(Tomorrow.of(field, value), "spec", problems);

    if (path.isEmpty()) {
      assertThat(problems.all()).isEmpty();
    } else {
      assertThat(problems.all())
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.field()).isEqualTo(path);
                assertThat(problem.message()).contains(message);
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"253, 64, 1, true", "254, 64, 1, false", "253, 65, 1, false", "253, 64, 2, false"})
  void whatNamesNoBoundHasOneToo(int characters, int items, int labels, boolean taken) {
    Problems problems = new Problems();
    SchemaBounds.check(
        new Tomorrow(
            null,
            "x".repeat(characters),
            Collections.nCopies(items, "a"),
            labels == 1 ? Map.of("a", "b") : Map.of("a", "b", "c", "d"),
            List.of()),
        "spec",
        problems);

    assertThat(problems.all().isEmpty()).isEqualTo(taken);
  }

  /** The rule's own sentence says more. */
  @Test
  void aTextOfWhichARuleHasSaidMoreIsNotNamedAgain() {
    Problems problems = new Problems();
    problems.add("spec.name", "is not a name");
    SchemaBounds.check(Tomorrow.of("name", "A"), "spec", problems);

    assertThat(problems.all()).extracting(Problem::message).containsExactly("is not a name");
  }
}
