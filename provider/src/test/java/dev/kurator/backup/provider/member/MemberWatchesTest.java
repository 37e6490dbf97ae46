package dev.kurator.backup.provider.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class MemberWatchesTest extends MemberLife {

  @Test
  void watchedObjectsAreSeenWithTheirChanges() throws Exception {
    Member member = admitted("token");
    assertThat(member.deployment("velero")).isEqualTo(new Seen.Unknown<>());
    member.watch("velero");
    told.reachable();
    told.until(() -> member.deployment("velero").equals(new Seen.Absent<>()));
    direct.resource(deployment("velero")).create();
    told.until(() -> member.deployment("velero") instanceof Seen.Present<Deployment>);
    direct.resource(deployment("velero")).delete();
    told.until(() -> member.deployment("velero").equals(new Seen.Absent<>()));
  }

  @Test
  void watchesAreUnknownWhileAMemberIsFrozenAndResumeAfterIt() throws Exception {
    open(ALERT);
    Member member = admitted("token");
    member.watch("velero");
    told.reachable();
    told.until(() -> member.daemonSet("node-agent").equals(new Seen.Absent<>()));
    server.freeze();
    told.unreachable();
    // on a busy machine it may have been unreachable for a moment before
    told.until(() -> member.deployment("velero").equals(new Seen.Unknown<>()));
    direct.resource(deployment("velero")).create();
    server.thaw();
    told.reachable();
    told.until(() -> member.deployment("velero") instanceof Seen.Present<Deployment>);
  }

  @Test
  void velerosKindsAreWatchedOnceTheyAreServed() throws Exception {
    Member member = admitted("token");
    member.watch("velero");
    Cluster cluster = told.reachable().cluster();
    told.until(() -> member.deployment("velero").equals(new Seen.Absent<>()));
    assertThat(member.veleroServed()).isFalse();
    assertThat(member.velero(VeleroKind.Backup, "b")).isEqualTo(new Seen.Unknown<>());
    serveVelero();
    told.until(member::veleroServed);
    assertThat(member.velero(VeleroKind.Backup, "b")).isEqualTo(new Seen.Absent<>());
    cluster.create(backup("b"));
    told.until(
        () ->
            member.velero(VeleroKind.Backup, "b")
                instanceof Seen.Present<GenericKubernetesResource>);
  }

  @Test
  void aClusterReadsListsLabelsAndDeletes() throws Exception {
    serveVelero();
    admitted("token");
    Cluster cluster = told.reachable().cluster();
    assertThat(cluster.get(VeleroKind.Backup, "velero", "b")).isEmpty();
    cluster.label(backup("b"), Map.of("released", "true"));
    cluster.delete(backup("b"));
    cluster.create(backup("b"));
    assertThatThrownBy(() -> cluster.create(backup("b")))
        .isInstanceOfSatisfying(MemberApiException.class, e -> assertThat(e.conflict()).isTrue());
    cluster.label(backup("b"), Map.of("released", "true"));
    assertThat(cluster.list(VeleroKind.Backup, "velero", Map.of("released", "true")))
        .singleElement()
        .satisfies(b -> assertThat(b.getMetadata().getName()).isEqualTo("b"));
    assertThat(cluster.get(backup("b"))).isPresent();
    cluster.delete(backup("b"));
    assertThat(cluster.get(backup("b"))).isEmpty();
  }

  @Test
  void aSecretIsWrittenAndReadBack() throws Exception {
    admitted("token");
    Cluster cluster = told.reachable().cluster();
    var secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("velero")
            .withName("kb-1")
            .endMetadata()
            .addToData("cloud", "eA==")
            .build();
    cluster.create(secret);
    assertThat(cluster.get(secret)).hasValueSatisfying(s -> assertThat(s.getData()).hasSize(1));
  }

  /** A new kube-system namespace, whose UID is the member's identity. */
  private void serveVelero() {
    for (VeleroKind kind : VeleroKind.values()) {
      api.expectCustomResource(
          new CustomResourceDefinitionContext.Builder()
              .withGroup(VeleroKind.GROUP)
              .withVersion(VeleroKind.VERSION)
              .withKind(kind.name())
              .withPlural(kind.plural())
              .withScope("Namespaced")
              .build());
    }
  }

  private static GenericKubernetesResource backup(String name) {
    GenericKubernetesResource backup = new GenericKubernetesResource();
    backup.setApiVersion(VeleroKind.API_VERSION);
    backup.setKind(VeleroKind.Backup.name());
    backup.setMetadata(new ObjectMetaBuilder().withNamespace("velero").withName(name).build());
    return backup;
  }
}
