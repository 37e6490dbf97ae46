package dev.kurator.backup.provider.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kurator.backup.provider.member.HostileServer.Answer;
import dev.kurator.backup.provider.member.HostileServer.Request;
import dev.kurator.backup.provider.velero.VeleroKind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a member's answers that are too large, wrong, or no longer so. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class MemberAnswersTest extends HostileLife {

  @BeforeEach
  void answersWell() {
    server.answers(velero(HostileServer.json(list(""))));
  }

  /** A healthy server but for one answer. */
  private static Function<Request, Answer> velero(Answer answer) {
    return request -> request.path().contains("kube-system") ? KUBE_SYSTEM : answer;
  }

  private static String list(String items) {
    return list(items, "");
  }

  private static String list(String items, String next) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"1\",\"continue\":\""
        + next
        + "\"},\"items\":["
        + items
        + "]}";
  }

  private static String backup(String name, int bytes) {
    return "{\"apiVersion\":\"velero.io/v1\",\"kind\":\"Backup\",\"metadata\":{\"name\":\"%s\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\"},\"status\":{\"failureReason\":\"%s\"}}"
        .formatted(name, "x".repeat(bytes));
  }

  @Test
  void aListThatIsTooLargeInLargePagesIsReadInSmallOnes() throws Exception {
    AtomicInteger large = new AtomicInteger();
    server.answers(
        request -> {
          if (request.path().contains("limit=400")) {
            large.incrementAndGet();
            return HostileServer.json(list(backup("a", 5 << 20)));
          }
          return velero(HostileServer.json(list(backup("a", 1000) + "," + backup("b", 1000))))
              .apply(request);
        });

    assertThat(cluster().list(VeleroKind.Backup, "velero", Map.of()))
        .extracting(found -> found.getMetadata().getName())
        .containsExactly("a", "b");
    assertThat(large).hasValue(1);
  }

  @Test
  void aListThatIsRefusedIsNotAskedForAgainInSmallerPages() throws Exception {
    Cluster cluster = cluster();
    AtomicInteger lists = new AtomicInteger();
    server.answers(
        request -> {
          lists.incrementAndGet();
          return HostileServer.answer(403, "application/json", "", "");
        });

    assertThatThrownBy(() -> cluster.list(VeleroKind.Backup, "velero", Map.of()))
        .isInstanceOfSatisfying(
            MemberApiException.class, failure -> assertThat(failure.code()).isEqualTo(403));
    assertThat(lists).hasValue(1);
  }

  @Test
  @Timeout(30)
  void aListWhoseSmallPagesNeverEndIsEndedInTime() throws Exception {
    members.close();
    members =
        Members.open(
            MemberLife.timing(Duration.ofHours(1), Duration.ofSeconds(5), Duration.ofSeconds(1)),
            method -> {},
            told);
    Cluster cluster = cluster();
    Answer page = HostileServer.json(list("", "again"));
    server.answers(velero(page));

    assertThatThrownBy(() -> cluster.list(VeleroKind.Backup, "velero", Map.of()))
        .isInstanceOf(MemberApiException.class)
        .hasMessage(
            "cluster paris refused: its list of Backups took longer than 1 s; check its API"
                + " server");
  }

  @Test
  void anObjectOfWhichNothingCanBeReadIsListedBesideTheOthers() throws Exception {
    Cluster cluster = cluster();
    String odd =
        "{\"metadata\":{\"name\":\"odd\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\"},\"kind\":\"Backup\",\"spec\":[1],\"status\":\"done\"}";
    server.answers(velero(HostileServer.json(list(odd + "," + backup("b", 10)))));

    assertThat(cluster.list(VeleroKind.Backup, "velero", Map.of()))
        .extracting(found -> found.getMetadata().getName())
        .containsExactly("odd", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"apiVersion\":\"velero.io/v1\",\"kind\":\"Backup\",\"metadata\":{\"name\":\"b\"}}",
        "{\"metadata\":{\"name\":\"B\",\"creationTimestamp\":\"2026-01-01T00:00:00Z\"}}"
      })
  void anObjectThatNoApiServerGivesIsNotPassedOn(String object) throws Exception {
    Cluster cluster = cluster();
    server.answers(velero(HostileServer.json(object)));

    assertThatThrownBy(() -> cluster.get(VeleroKind.Backup, "velero", "b"))
        .isInstanceOf(MemberApiException.class)
        .hasMessageEndingWith(
            " refused: it gave a Backup without a valid name and time of creation; check its"
                + " server");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "-", "pl4nted\\u001b[31m"})
  void aServerWhoseUidIsNoneIsNoMember(String uid) throws Exception {
    server.answers(request -> kubeSystem(uid));
    member();

    assertThat(told.unreachable())
        .isEqualTo("its server's namespace kube-system has no valid UID; check the address");
  }

  @Test
  void aMemberThatAsksForAMinutesPatienceIsNotWaitedFor() throws Exception {
    Cluster cluster = cluster();
    server.answers(request -> HostileServer.answer(503, "text/plain", "", "Retry-After: 60\r\n"));

    long before = System.nanoTime();
    assertThatThrownBy(() -> cluster.get(VeleroKind.Backup, "velero", "b"))
        .isInstanceOfSatisfying(
            MemberApiException.class, failure -> assertThat(failure.code()).isEqualTo(503));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void aMemberThatAsksForASecondsPatienceIsAskedAgain() throws Exception {
    Cluster cluster = cluster();
    AtomicBoolean asked = new AtomicBoolean();
    Answer busy = HostileServer.answer(503, "text/plain", "", "Retry-After: 1\r\n");
    Answer healthy = HostileServer.json(backup("b", 10));
    server.answers(
        velero((out, request) -> (asked.getAndSet(true) ? healthy : busy).write(out, request)));

    assertThat(cluster.get(VeleroKind.Backup, "velero", "b")).isPresent();
  }

  @Test
  void theTextOfARefusalThatAsksForPatienceIsNotWaitedFor() throws Exception {
    Cluster cluster = cluster();
    int before = server.endedByClient();
    server.answers(velero(HostileServer.drip("HTTP/1.1 503 x\r\nRetry-After: 60\r\n\r\n")));

    long begun = System.nanoTime();
    assertThatThrownBy(() -> cluster.get(VeleroKind.Backup, "velero", "b"))
        .isInstanceOf(MemberApiException.class);
    told.until(() -> server.endedByClient() > before);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void whoDependsOnAMemberHearsThatItCannotBeWatchedAndItIsWatchedAgain() throws Exception {
    AtomicBoolean healed = new AtomicBoolean();
    Answer nameless = HostileServer.json(list("{\"metadata\":{}}"));
    Answer empty = HostileServer.json(list(""));
    server.answers(
        request ->
            request.isWatch() ? silence() : velero(healed.get() ? empty : nameless).apply(request));
    Member member = member();
    told.reachable();
    member.watch("velero");
    told.changed(" velero/");
    assertThat(member.unwatchable().orElseThrow())
        .endsWith("without a valid name and time of creation; check its server");

    healed.set(true);
    told.until(() -> member.deployment("velero").equals(new Seen.Absent<>()));
  }

  @Test
  void thatAWatchCameUpIsTold() throws Exception {
    server.answers(
        request ->
            request.isWatch() ? silence() : velero(HostileServer.json(list(""))).apply(request));
    Member member = member();
    told.reachable();
    member.watch("velero");

    told.changed("Deployment velero/");
  }

  /** Takes a watch in which nothing happens. */
  private static Answer silence() {
    return HostileServer.event(
        "{\"type\":\"BOOKMARK\",\"object\":{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"resourceVersion\":\"1\"}}}");
  }

  @Test
  void aWatchOfOneEventWithoutEndIsClosed() throws Exception {
    server.answers(
        request ->
            request.isWatch()
                ? HostileServer.endlessEvent()
                : velero(HostileServer.json(list(""))).apply(request));
    Member member = member();
    told.reachable();
    member.watch("velero");

    told.until(() -> server.endedByClient() > 1);
    assertThat(server.mostOfOne()).isLessThan(32 * MIB);
    assertThat(member.link()).isInstanceOf(Link.Reachable.class);
  }
}
