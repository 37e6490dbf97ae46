package dev.kurator.backup.provider.member;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Reads members' answers as JSON and nothing else. The client by itself takes what does not begin
 * like JSON for YAML, where a few hundred bytes of aliases unfold to gigabytes.
 */
final class MemberJson extends KubernetesSerialization {

  private static final int DEEPEST = 100;

  /**
   * An answer of the greatest size may be made of empty maps, each of which takes 20 times that.
   */
  private static final int MOST_TOKENS = 250_000;

  private final ObjectMapper mapper;

  private MemberJson(ObjectMapper mapper) {
    super(mapper, true);
    this.mapper = mapper;
  }

  static MemberJson create() {
    StreamReadConstraints limits =
        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxTokenCount(MOST_TOKENS).build();
    return new MemberJson(
        new ObjectMapper(JsonFactory.builder().streamReadConstraints(limits).build()));
  }

  /** Every other way to read an answer or an event leads through this one. */
  @Override
  public <T> T unmarshal(InputStream answer, TypeReference<T> type) {
    try {
      return mapper.readerFor(type).readValue(answer);
    } catch (JsonProcessingException e) {
      throw unusable(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without the exception's own message, which quotes the answer. */
  private static UnusableAnswer unusable(JsonProcessingException failure) {
    return isTooMuch(failure)
        ? new UnusableAnswer(
            "its answer is nested more than %d levels deep or holds more than %d values; check its server"
                .formatted(DEEPEST, MOST_TOKENS))
        : new UnusableAnswer(
            "its answer is not one of a Kubernetes API server; check the kubeconfig's server");
  }

  private static boolean isTooMuch(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StreamConstraintsException) {
        return true;
      }
    }
    return false;
  }
}
