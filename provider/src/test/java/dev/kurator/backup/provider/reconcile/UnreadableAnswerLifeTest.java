package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.provider.member.MemberFailures;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.Event;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A member that answers what is not the API's. Isolated, since it reads what is logged. */
@Isolated
class UnreadableAnswerLifeTest extends ProviderLife {

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final AtomicInteger looks = new AtomicInteger();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void listenNoMore() {
    System.setErr(before);
  }

  private void failAtEachLook() {
    velero.cluster.beforeLooks(
        kind -> {
          if (kind == VeleroKind.Backup) {
            looks.incrementAndGet();
            throw MemberFailures.unreadable(
                Samples.MEMBER, new ClassCastException("pl4nted " + looks.get()));
          }
        });
  }

  private List<String> warnings() {
    return hub.v1().events().inNamespace(Samples.NAMESPACE).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getKind().equals("VeleroBackup"))
        .filter(event -> event.getType().equals("Warning"))
        .map(Event::getMessage)
        .toList();
  }

  @Test
  void itIsToldAndLoggedOnceAndNotAtEachRetry() {
    failAtEachLook();
    register();
    applyAll(null);
    await(backup(), backupSays(Condition.SYNCED, "cluster paris answered what cannot be read"));
    String version = backup().get().getMetadata().getResourceVersion();
    int first = looks.get();
    until(() -> looks.get() >= first + 2);
    until(() -> !warnings().isEmpty());

    assertThat(backup().get().getMetadata().getResourceVersion()).isEqualTo(version);
    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith("cluster paris answered what cannot be read; check its address and API server")
        .endsWith(" in the provider's log)")
        .doesNotContain("pl4nted");
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.contains("VeleroBackup team-a/backup: error "))
        .hasSize(1);

    velero.cluster.beforeLooks(kind -> {});
    await(backup(), phase("Completed"));
  }
}
