package dev.kurator.backup.provider.member;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the YAML or JSON of a Secret, whose author need not mean well: a few hundred bytes of
 * aliases unfold to gigabytes, and a few thousand brackets end a thread's stack.
 */
final class UntrustedText {

  /** A kubeconfig needs five, its extensions some more. */
  private static final int DEEPEST = 32;

  /** Keys, texts, lists and maps; a kubeconfig of a thousand contexts has a third. */
  private static final int MOST = 100_000;

  /** Bytes of a certificate authority's bundle; as a number, a longer one takes seconds. */
  private static final int LONGEST = 1 << 18;

  private static final LoadSettings YAML =
      LoadSettings.builder()
          .setUseMarks(false)
          // what is looked ahead at is copied for each
          .setBufferSize(1 << 16)
          .setAllowDuplicateKeys(false)
          .setAllowRecursiveKeys(false)
          .setAllowNonScalarKeys(false)
          .setMaxAliasesForCollections(0)
          .build();

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxTokenCount(MOST)
                          .maxStringLength(LONGEST)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private UntrustedText() {}

  /**
   * Reads one document.
   *
   * @param text bounded by the caller
   * @throws Unfit where it is no such text, or more than a kubeconfig needs; says what to do and
   *     repeats nothing of it
   */
  static JsonNode read(String text) {
    try {
      return text.stripLeading().startsWith("{") ? JSON.readTree(text) : yaml(text);
    } catch (StreamConstraintsException e) {
      throw tooMuch();
    } catch (DuplicateKeyException e) {
      throw new Unfit("the kubeconfig has a key twice in one place; remove one of them");
    } catch (JsonProcessingException | YamlEngineException e) {
      throw new Unfit("the content is not a kubeconfig: it is neither YAML nor JSON");
    }
  }

  /** Looked through first, event by event: only then is it known to be safe to build. */
  private static JsonNode yaml(String text) {
    int depth = 0;
    int values = 0;
    int documents = 0;
    for (Event event : new Parse(YAML).parseString(text)) {
      switch (event.getEventId()) {
        case Alias ->
            throw new Unfit(
                "the kubeconfig uses a YAML alias (*name), which is not read; write the value out");
        case DocumentStart -> documents++;
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        case Scalar -> {
          if (event instanceof ScalarEvent scalar && scalar.getValue().length() > LONGEST) {
            throw tooMuch();
          }
        }
        case Comment, DocumentEnd, StreamStart, StreamEnd -> {}
      }
      values++;
      if (depth > DEEPEST || values > MOST) {
        throw tooMuch();
      }
      if (documents > 1) {
        throw new Unfit("the content is not a kubeconfig: it holds several documents; keep one");
      }
    }
    Object read = new Load(YAML).loadFromString(text);
    return JSON.valueToTree(read instanceof Map<?, ?> map ? map : Map.of());
  }

  private static Unfit tooMuch() {
    return new Unfit(
        ("the kubeconfig is nested more than %d levels deep, or holds more than %d values or a"
                + " value of more than %d KiB; keep one context, with kubectl config view --minify")
            .formatted(DEEPEST, MOST, LONGEST >> 10));
  }
}
