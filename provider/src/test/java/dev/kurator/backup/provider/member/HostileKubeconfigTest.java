package dev.kurator.backup.provider.member;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Secrets made to take the provider's memory, its time or a thread's stack. */
class HostileKubeconfigTest {

  private static final String ALIAS =
      "the kubeconfig uses a YAML alias (*name), which is not read; write the value out";
  private static final String MUCH =
      "the kubeconfig is nested more than 32 levels deep, or holds more than 100000 values or a"
          + " value of more than 256 KiB; keep one context, with kubectl config view --minify";
  private static final String NEITHER =
      "the content is not a kubeconfig: it is neither YAML nor JSON";
  private static final String NO_CLUSTERS = "the content is not a kubeconfig: clusters is missing";
  private static final String NO_CONTEXT = "the kubeconfig's current-context is missing; set it";

  /** The content of each must never show. */
  private static final String PLANTED = "pl4nted";

  private static final int MIB = 1 << 20;

  static Stream<Arguments> contents() {
    return Stream.of(
        content("48 aliases that unfold to 3^17 values", aliases(), ALIAS),
        content("an alias of a text", "clusters: &c pl4nted\nusers: *c\n", ALIAS),
        content("a list that holds itself", "clusters: &c [*c, pl4nted]\n", ALIAS),
        content("a key that holds itself", "? &k [*k]\n: pl4nted\n", ALIAS),
        content("a merge key", "a: &a {x: pl4nted}\nclusters: {<<: *a}\n", ALIAS),
        content("anchors that nothing uses", "clusters: &a [&b pl4nted]\n", NO_CONTEXT),
        content("flow lists in each other", "clusters: " + "[".repeat(MIB - 20), MUCH),
        content("flow maps in each other", "clusters: " + "{pl4nted: ".repeat(100_000), MUCH),
        content("flow maps without values", "clusters: " + "{a,".repeat(300_000), MUCH),
        content("block lists in each other", "- ".repeat(MIB / 2 - 1), MUCH),
        content("block maps in each other", blockMaps(), MUCH),
        content("JSON lists in each other", "{\"clusters\":" + "[".repeat(MIB - 20), MUCH),
        content("JSON maps in each other", "{\"pl4nted\":".repeat(90_000), MUCH),
        content("many empty maps", "clusters: [" + "{},".repeat(340_000) + "]", MUCH),
        content(
            "many empty maps in JSON", "{\"clusters\":[{}" + ",{}".repeat(340_000) + "]}", MUCH),
        content("many keys", "clusters: []\n" + keys(90_000), MUCH),
        content("many documents", "---\n".repeat(MIB / 4), severalDocuments()),
        content("two documents", "clusters: []\n---\nclusters: [pl4nted]\n", severalDocuments()),
        content("a text that fills the Secret", "clusters: " + "a".repeat(MIB - 20), MUCH),
        content("a text of many lines", "clusters: |\n" + " pl4nted\n".repeat(116_000), MUCH),
        content(
            "a long quoted text that never ends", "clusters: \"" + "\\n".repeat(500_000), NEITHER),
        content("a key twice", "pl4nted: 1\npl4nted: 2\nclusters: []\n", twice()),
        content("a key twice in JSON", "{\"clusters\":[],\"pl4nted\":1,\"pl4nted\":2}", NEITHER),
        content(
            "a tag that names a class", "clusters: !!java.lang.ProcessBuilder [pl4nted]", NEITHER),
        content("a tag of its own", "clusters: !pl4nted {}", NEITHER),
        content("binary in YAML", "clusters: !!binary cGw0bnRlZA==", NO_CONTEXT),
        content(
            "a number of a million digits", "{\"clusters\":" + "9".repeat(MIB - 20) + "}", MUCH),
        content("a number of a million digits in YAML", "clusters: " + "9".repeat(MIB - 20), MUCH),
        content("bytes that are no text", "\u0000pl4nted\u0001", NEITHER),
        content("comments alone", "# pl4nted\n".repeat(100_000), NO_CLUSTERS),
        content("directives alone", "%TAG ! pl4nted\n".repeat(60_000), NEITHER),
        content(
            "more than a Secret holds",
            "#".repeat(MIB + 1),
            "the kubeconfig is larger than 1 MiB"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contents")
  @Timeout(20)
  void itIsRefusedAtOnceWithAReasonAndWithoutItsContent(
      String name, String content, String reason) {
    byte[] bytes = content.getBytes(UTF_8);
    long before = allocated();
    long start = System.nanoTime();

    Kubeconfig read = Kubeconfig.parse(bytes);

    assertThat(read)
        .isInstanceOfSatisfying(
            Kubeconfig.Refused.class, refused -> assertThat(refused.reason()).startsWith(reason));
    assertThat(read.toString()).doesNotContain(PLANTED).hasSizeLessThan(300);
    assertThat(allocated() - before).as("bytes allocated").isLessThan(256L * MIB);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static String aliases() {
    StringBuilder text = new StringBuilder("l0: &l0 [x,x,x]\n");
    for (int i = 1; i <= 16; i++) {
      text.append("l%d: &l%d [*l%d,*l%d,*l%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
    }
    return text.append("clusters: []\n").toString();
  }

  private static String blockMaps() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      text.append(" ".repeat(i)).append("pl4nted:\n");
    }
    return text.toString();
  }

  private static String keys(int many) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < many; i++) {
      text.append("k").append(i).append(": x\n");
    }
    return text.toString();
  }

  private static String severalDocuments() {
    return "the content is not a kubeconfig: it holds several documents; keep one";
  }

  private static String twice() {
    return "the kubeconfig has a key twice in one place; remove one of them";
  }

  private static Arguments content(String name, String content, String reason) {
    return Arguments.of(name, content, reason);
  }
}
