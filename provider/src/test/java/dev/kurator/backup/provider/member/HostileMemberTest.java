package dev.kurator.backup.provider.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kurator.backup.provider.member.HostileServer.Answer;
import dev.kurator.backup.provider.member.HostileServer.Request;
import dev.kurator.backup.provider.velero.VeleroKind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a member's server may do to the provider: be of no use, and nothing else. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class HostileMemberTest extends HostileLife {

  /** Ample for what comes at once, however busy this machine is. */
  private static final Duration AMPLE = Duration.ofSeconds(20);

  private static final String LARGE = "its answer is larger than 4 MiB; check its server";
  private static final String DEEP =
      "its answer is nested more than 100 levels deep or holds more than 250000 values; check its"
          + " server";
  private static final String NONSENSE =
      "its answer is not one of a Kubernetes API server; check the kubeconfig's server";
  private static final String NAMELESS =
      "it gave a Backup without a valid name and time of creation; check its server";
  private static final String SILENT = "no answer";

  private static Duration patience(String reason) {
    return reason.equals(SILENT) ? Duration.ofSeconds(2) : AMPLE;
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of("gigabytes", HostileServer.endless("{\"a\":\"", "x"), LARGE),
        Arguments.of("gigabytes of maps", HostileServer.endless("{\"a\":[{}", ",{}"), LARGE),
        Arguments.of(
            "maps for 3 MiB",
            HostileServer.json("{\"items\":[{}" + ",{}".repeat(1_000_000) + "]}"),
            DEEP),
        Arguments.of(
            "deep lists", HostileServer.json("{\"items\":[{\"spec\":" + "[".repeat(100_000)), DEEP),
        Arguments.of("YAML that unfolds", HostileServer.json(bomb()), NONSENSE),
        Arguments.of(
            "a web page",
            HostileServer.answer(200, "text/html", "<html>pl4nted\u001b[31m</html>", ""),
            NONSENSE),
        Arguments.of("another type", HostileServer.json("[\"pl4nted\"]"), NONSENSE),
        Arguments.of("nothing", HostileServer.json(""), NONSENSE),
        Arguments.of("a body that drips", HostileServer.drip("HTTP/1.1 200 OK\r\n\r\n{"), SILENT),
        Arguments.of("a header that drips", HostileServer.drip("HTTP/1.1 200 OK\r\nx:"), SILENT));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void aMemberThatAnswersEveryRequestSoIsUnreachableWithAReason(
      String name, Answer answer, String reason) throws Exception {
    open(patience(reason));
    server.answers(request -> answer);
    member();
    assertThat(told.unreachable()).startsWith(reason);
    members.forget(PARIS);
    told.until(() -> server.connections() == 0);
    assertThat(server.written()).isLessThan(64 * MIB);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void oneWhoseVeleroAnswersSoCostsOneCallEach(String name, Answer answer, String reason)
      throws Exception {
    open(patience(reason));
    Cluster cluster = cluster();
    server.answers(request -> request.path().contains("kube-system") ? KUBE_SYSTEM : answer);
    long before = System.nanoTime();
    MemberApiException listed = failure(() -> cluster.list(VeleroKind.Backup, "velero", Map.of()));
    MemberApiException got = failure(() -> cluster.get(VeleroKind.Backup, "velero", "b"));
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isLessThan(patience(reason).multipliedBy(8));
    for (MemberApiException failure : new MemberApiException[] {listed, got}) {
      if (reason.equals(SILENT)) {
        assertThat(failure.code()).isZero();
      } else {
        assertThat(failure.text()).endsWith(" refused: " + reason);
      }
    }
    assertThat(server.written()).isLessThan(64 * MIB);
  }

  @Test
  void aListWhosePagesHaveNoEndIsEnded() throws Exception {
    open(AMPLE);
    Cluster cluster = cluster();
    String item =
        backup("\"name\":\"b\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\"", "x".repeat(60_000));
    server.answers(
        request ->
            request.path().contains("kube-system")
                ? KUBE_SYSTEM
                : HostileServer.json(list("again", (item + ",").repeat(49) + item)));
    MemberApiException failure = failure(() -> cluster.list(VeleroKind.Backup, "velero", Map.of()));
    assertThat(failure.text())
        .endsWith(" refused: it lists more Backups than can be read; delete old ones");
    assertThat(server.written()).isLessThan(64 * MIB);
  }

  @ParameterizedTest
  @MethodSource("objects")
  void objectsThatNoApiServerGivesAreNotPassedOn(String metadata) throws Exception {
    open(AMPLE);
    Cluster cluster = cluster();
    server.answers(
        request ->
            request.path().contains("kube-system")
                ? KUBE_SYSTEM
                : HostileServer.json(list("", metadata)));
    assertThat(failure(() -> cluster.list(VeleroKind.Backup, "velero", Map.of())).text())
        .endsWith(" refused: " + NAMELESS);
  }

  static Stream<String> objects() {
    return Stream.of(
        "null",
        "{}",
        "{\"metadata\":null}",
        backup("\"creationTimestamp\":\"2026-01-01T00:00:00Z\"", ""),
        backup("\"name\":\"b\"", ""),
        backup("\"name\":\"b\",\"creationTimestamp\":\"yesterday\"", ""),
        backup("\"name\":\"b\\u001b[31m\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\"", ""),
        backup(
            "\"name\":\"" + "b".repeat(300) + "\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\"",
            ""));
  }

  @Test
  void oneThatAsksToBeLeftAloneForYearsIsNotWaitedFor() throws Exception {
    open(AMPLE);
    Cluster cluster = cluster();
    server.answers(
        request -> HostileServer.answer(503, "text/plain", "", "Retry-After: 2147483647\r\n"));
    assertThat(failure(() -> cluster.get(VeleroKind.Backup, "velero", "b")).code()).isEqualTo(503);
  }

  static Stream<Arguments> watches() {
    return Stream.of(
        Arguments.of("an event without end", HostileServer.endlessEvent(), null),
        Arguments.of("a stream without lines", HostileServer.endless("{", "x"), null),
        Arguments.of("an event that is none", HostileServer.event("<html>pl4nted"), NONSENSE),
        Arguments.of(
            "an event of YAML that unfolds", HostileServer.event("x: \n" + bomb()), NONSENSE),
        Arguments.of(
            "an object without a name",
            HostileServer.event(
                "{\"type\":\"ADDED\",\"object\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"resourceVersion\":\"2\"}}}"),
            "without a valid name and time of creation; check its server"),
        Arguments.of("a drip", HostileServer.drip("HTTP/1.1 101 x\r\nx:"), null));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("watches")
  void aWatchOfHostileEventsCostsThatWatch(String name, Answer events, @Nullable String reason)
      throws Exception {
    Member member = member();
    told.reachable();
    server.answers(hub(events));
    member.watch("velero");
    if (reason == null) {
      told.until(
          () -> server.endedByClient() > 1 || server.written() > 4 * MIB || name.equals("a drip"));
    } else {
      told.until(() -> member.unwatchable().isPresent());
      assertThat(member.unwatchable().orElseThrow()).endsWith(reason);
    }
    assertThat(member.link()).isInstanceOf(Link.Reachable.class);
    members.forget(PARIS);
    told.until(() -> server.connections() == 0);
    assertThat(server.written()).isLessThan(256 * MIB);
  }

  static Stream<Arguments> refusedUpgrades() {
    return Stream.of(
        Arguments.of("gigabytes", HostileServer.endless("{\"a\":\"", "x")),
        Arguments.of(
            "a body that drips",
            HostileServer.drip("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{")),
        Arguments.of(
            "a refusal that drips",
            HostileServer.drip("HTTP/1.1 403 No\r\nContent-Type: application/json\r\n\r\n{")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedUpgrades")
  void anUpgradeThatIsAnsweredWithoutEndIsClosedInTime(String name, Answer answer)
      throws Exception {
    Member member = member();
    told.reachable();
    AtomicInteger upgrades = new AtomicInteger();
    server.answers(
        request -> {
          if (request.webSocketKey() != null) {
            upgrades.incrementAndGet();
            return answer;
          }
          return hub(HostileServer.json(list("", ""))).apply(request);
        });
    member.watch("velero");
    told.until(() -> upgrades.get() > 0);

    long begun = System.nanoTime();
    told.until(() -> server.endedByClient() > 0);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
    assertThat(server.mostOfOne()).isLessThan(16 * MIB);
  }

  @Test
  void aWatchThatHoldsMoreThanItsAllowanceIsEndedAndTold() throws Exception {
    open(AMPLE);
    Member member = member();
    told.reachable();
    server.answers(
        request ->
            request.path().contains("kube-system")
                ? KUBE_SYSTEM
                : HostileServer.json(endlessDeployments()));
    member.watch("velero");
    told.until(() -> member.unwatchable().isPresent());
    assertThat(member.unwatchable().orElseThrow())
        .startsWith("it holds too many or too large objects in Velero's namespace to watch; ");
  }

  private static int page;

  private static synchronized String endlessDeployments() {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      items
          .append(i == 0 ? "" : ",")
          .append(
              "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"namespace\":\"velero\",\"name\":\"d")
          .append(page++)
          .append("\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\",\"annotations\":{\"a\":\"")
          .append("x".repeat(50_000))
          .append("\"}}}");
    }
    return list("more", items.toString());
  }

  private static Function<Request, Answer> hub(Answer events) {
    return request -> {
      if (request.path().contains("kube-system")) {
        return KUBE_SYSTEM;
      }
      return request.isWatch() ? events : HostileServer.json(list("", ""));
    };
  }

  private static MemberApiException failure(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    MemberApiException failure = catchThrowableOfType(MemberApiException.class, call);
    assertThat(failure).isNotNull();
    assertThat(String.valueOf(failure.getMessage())).doesNotContain("pl4nted");
    return failure;
  }

  private static String list(String next, String items) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"1\",\"continue\":\""
        + next
        + "\"},\"items\":["
        + items
        + "]}";
  }

  private static String backup(String metadata, String reason) {
    return "{\"apiVersion\":\"velero.io/v1\",\"kind\":\"Backup\",\"metadata\":{"
        + metadata
        + "},\"status\":{\"failureReason\":\""
        + reason
        + "\"}}";
  }

  private static String bomb() {
    StringBuilder text = new StringBuilder("l0: &l0 [x,x,x]\n");
    for (int i = 1; i <= 16; i++) {
      text.append("l%d: &l%d [*l%d,*l%d,*l%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
    }
    return text.toString();
  }
}
