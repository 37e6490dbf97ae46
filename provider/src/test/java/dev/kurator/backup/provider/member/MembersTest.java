package dev.kurator.backup.provider.member;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class MembersTest extends MemberLife {

  @Test
  void aMemberIsConnectedInTheBackgroundAndKnownByItsIdentity() throws Exception {
    Member member = admitted("token");
    assertThat(told.reachable().identity()).isEqualTo(identity);
    assertThat(member.link()).isInstanceOf(Link.Reachable.class);
    assertThat(member.key()).isEqualTo(PARIS);
  }

  @Test
  void theSameCredentialsGiveTheSameMember() throws Exception {
    Member member = admitted("token");
    told.reachable();
    assertThat(admitted("token")).isSameAs(member);
    assertThat(told.nothingTold()).isTrue();
  }

  @Test
  void newCredentialsReplaceTheMemberAndCloseItsConnections() throws Exception {
    Member before = admitted("token");
    told.reachable();
    Member after = admitted("rotated");
    told.reachable();
    assertThat(after).isNotSameAs(before);
    assertThat(before.link()).isInstanceOf(Link.Unreachable.class);
    members.forget(PARIS);
    told.until(() -> server.connections() == 0);
  }

  @Test
  void badCredentialsEndTheUseOfGoodOnes() throws Exception {
    admitted("token");
    told.reachable();
    assertThat(members.member(PARIS, "rubbish".getBytes(UTF_8)))
        .isEqualTo(new Admission.Refused("the content is not a kubeconfig: clusters is missing"));
    told.until(() -> server.connections() == 0);
  }

  @Test
  void membersThatNothingUsesAreClosed() throws Exception {
    Member member = admitted("token");
    told.reachable();
    members.retainOnly(() -> Set.of(PARIS));
    assertThat(member.link()).isInstanceOf(Link.Reachable.class);
    members.retainOnly(Set::of);
    told.until(() -> server.connections() == 0);
    assertThat(admitted("token")).isNotSameAs(member);
  }

  @Test
  void aMemberThatSomebodyBeginsToUseMeanwhileStaysOpen() throws Exception {
    admitted("token");
    told.reachable();
    AtomicReference<Member> wanted = new AtomicReference<>();
    Thread user = Thread.ofPlatform().unstarted(() -> wanted.set(admitted("token")));
    members.retainOnly(
        () -> {
          user.start();
          while (user.getState() != Thread.State.BLOCKED
              && user.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
          }
          return Set.of();
        });
    user.join();
    told.reachable();
    assertThat(wanted.get().link()).isInstanceOf(Link.Reachable.class);
  }

  @Test
  void aMemberThatFreezesIsNoticedAndComesBack() throws Exception {
    open(ALERT);
    Member member = admitted("token");
    told.reachable();
    server.freeze();
    assertThat(told.unreachable()).isEqualTo("no answer within 2 s");
    assertThat(member.link()).isInstanceOf(Link.Unreachable.class);
    server.thaw();
    assertThat(told.reachable().identity()).isEqualTo(identity);
  }

  @Test
  void aMemberThatIsFrozenFromTheStartDoesNotHoldUpAnybody() throws Exception {
    open(ALERT);
    server.freeze();
    long before = System.nanoTime();
    Member member = admitted("token");
    assertThat(member.link()).isEqualTo(new Link.Connecting());
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(ALERT.look());
    assertThat(told.unreachable()).isEqualTo("no answer within 2 s");
  }

  @Test
  void anUnchangedReasonIsToldOnceOnly() throws Exception {
    open(ALERT);
    server.freeze();
    admitted("token");
    told.unreachable();
    int looks = server.accepted();
    told.until(() -> server.accepted() >= looks + 3);
    assertThat(told.nothingTold()).isTrue();
    server.thaw();
    told.reachable();
  }

  @Test
  void aClosedPortIsAReason() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    members.member(PARIS, kubeconfig(port, "token"));
    assertThat(told.unreachable()).contains("Connection refused");
  }

  @Test
  void anUntrustedServerIsAReason() throws Exception {
    String ca = TestKeys.generate("EC").certificate();
    members.member(
        PARIS,
        """
        current-context: a
        contexts: [{name: a, context: {cluster: c, user: u}}]
        clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
        users: [{name: u, user: {token: t}}]
        """
            .formatted(server.port(), ca)
            .getBytes(UTF_8));
    assertThat(told.unreachable()).startsWith("no TLS connection: ");
  }

  @Test
  void aMemberWhoseIdentityChangesIsAnotherCluster() throws Exception {
    open(timing(Duration.ofMillis(100), Duration.ofSeconds(20)));
    admitted("token");
    told.reachable();
    String next = kubeSystem();
    assertThat(told.reachable().identity()).isEqualTo(next);
  }

  @Test
  void aFailedCallMakesTheMemberLookAtOnce() throws Exception {
    open(timing(Duration.ofHours(1), Duration.ofSeconds(2)));
    Member member = admitted("token");
    Link.Reachable link = told.reachable();
    server.freeze();
    assertThatThrownBy(() -> link.cluster().get(deployment("velero")))
        .isInstanceOfSatisfying(MemberApiException.class, e -> assertThat(e.connection()).isTrue());
    assertThat(told.unreachable()).isEqualTo("no answer within 2 s");
    assertThat(member.link()).isInstanceOf(Link.Unreachable.class);
  }
}
