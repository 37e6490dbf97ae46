package dev.kurator.backup.function.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.apis.claim.RestoreDetail;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BrevityTest {

  private static final List<String> PIECES =
      List.of("no space left ", "<a&b>", "\"quoted\"", "größer ", "☃", "🚀", "\u0001", "\\");

  private static final int MANY = 1500;

  @Test
  void theTextsOfAnEntryTakeNoMoreThanTheirShareAndAreCutOnce() throws JsonProcessingException {
    for (int seed = 0; seed < 50; seed++) {
      OperationDetail whole = detail(new Random(seed));

      OperationDetail cut = shortened(whole, MANY);

      assertThat(bytes(cut)).as("seed %d", seed).isBetween(200, Brevity.TOTAL / MANY);
      assertThat(shortened(cut, MANY)).as("seed %d", seed).isEqualTo(cut);
      assertThat(shortened(whole, 1)).as("seed %d", seed).isEqualTo(whole);
    }
  }

  private static OperationDetail shortened(OperationDetail detail, int entries) {
    return Brevity.shortened(Collections.nCopies(entries, detail)).getFirst();
  }

  private static OperationDetail detail(Random random) {
    return new RestoreDetail(
        "paris",
        "default",
        null,
        null,
        null,
        "Failed",
        null,
        null,
        null,
        1L,
        1L,
        random.nextBoolean() ? null : text(random, 500),
        List.of(text(random, 20), text(random, 700)),
        List.of(text(random, 900)),
        random.nextBoolean() ? null : text(random, 500));
  }

  private static String text(Random random, int longest) {
    StringBuilder text = new StringBuilder();
    for (int pieces = random.nextInt(longest / 2, longest) / 4; pieces > 0; pieces--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static int bytes(OperationDetail detail) throws JsonProcessingException {
    List<@Nullable String> texts = new ArrayList<>();
    texts.add(detail.message());
    texts.add(detail.failureReason());
    Stream.of(detail.validationErrors(), detail.reasons()).forEach(texts::addAll);
    int bytes = 0;
    for (@Nullable String text : texts) {
      if (text != null) {
        String json = new ObjectMapper().writeValueAsString(text);
        long escaped = json.chars().filter(one -> "<>&".indexOf(one) >= 0).count();
        bytes += json.getBytes(StandardCharsets.UTF_8).length - 2 + 5 * (int) escaped;
      }
    }
    return bytes;
  }
}
