package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kurator.backup.provider.member.Cluster;
import dev.kurator.backup.provider.member.MemberApiException;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Between two looks at the Lease, each write asks whether it still counts. */
class FencedClusterTest {

  private static final Secret OBJECT = Samples.storage();

  private final FakeCluster member = new FakeCluster();
  private boolean held = true;
  private final Cluster fenced =
      new FencedCluster(
          member,
          () -> {
            if (!held) {
              throw MemberApiException.notAllowedNow("not renewed");
            }
          });

  @Test
  void noWriteReachesTheMemberOnceTheLeaseCountsNoMore() {
    member.put(OBJECT);
    held = false;
    List<Consumer<Cluster>> writes =
        List.of(
            cluster -> cluster.apply(OBJECT),
            cluster -> cluster.create(OBJECT),
            cluster -> cluster.label(OBJECT, Map.of("a", "b")),
            cluster -> cluster.patch(OBJECT, Map.of()),
            cluster -> cluster.delete(OBJECT),
            cluster -> cluster.deleteUnchanged(OBJECT));
    for (Consumer<Cluster> write : writes) {
      assertThatThrownBy(() -> write.accept(fenced))
          .isInstanceOfSatisfying(
              MemberApiException.class, failure -> assertThat(failure.connection()).isTrue())
          .hasMessage("not renewed");
    }
    assertThat(member.calls()).isEmpty();
  }

  @Test
  void readsAskNobody() {
    member.put(OBJECT);
    held = false;
    assertThat(fenced.get(OBJECT)).isPresent();
    assertThat(fenced.get(VeleroKind.Backup, "velero", "none")).isEmpty();
    assertThat(fenced.list(VeleroKind.Backup, "velero", Map.of())).isEmpty();
  }

  @Test
  void whileItCountsWritesGoThrough() {
    fenced.create(OBJECT);
    fenced.delete(OBJECT);
    assertThat(member.calls()).containsExactly("create Secret/store", "delete Secret/store");
  }
}
