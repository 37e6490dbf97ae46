package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The member's machine restarts in the middle of its work. */
abstract class RestartedMember extends SoloTest {

  @Test
  void whatTheRestartEndsIsToldAndDoneNoSecondTime() {
    new Member(solo.cluster()).deploySlowWorkload();
    String name = Solo.unused("restarted");
    Map<String, String> bucket = solo.bucket();
    try (HeldNamespace _ = HeldNamespace.on(solo.cluster(), name);
        Sightings backups = solo.sightings(Kind.VELERO_IO_BACKUP, name);
        Sightings restores = solo.sightings(Kind.VELERO_IO_RESTORE, name)) {
      solo.apply(
          Kind.VELERO_BACKUP, name, "policy: {resourceFilter: {includedNamespaces: [slow]}}");
      solo.apply(
          Kind.VELERO_RESTORE,
          name,
          "backupName: %s\npolicy: {namespaceMapping: {%s: %s}}"
              .formatted(Solo.BASE, Solo.CONFIGS, name));
      await(Kind.VELERO_BACKUP, name, "InProgress");
      await(Kind.VELERO_RESTORE, name, "InProgress");

      solo.cluster().restart();

      GenericKubernetesResource backup = failed(Kind.VELERO_BACKUP, name);
      GenericKubernetesResource restore = failed(Kind.VELERO_RESTORE, name);
      String after = Solo.unused("after");
      try (Trio trio = Trio.apply(solo, after)) {
        trio.awaitReady();
        trio.assertOnce();
      }
      assertThat(status(Kind.VELERO_BACKUP, name)).isEqualTo(backup.get("status"));
      assertThat(status(Kind.VELERO_RESTORE, name)).isEqualTo(restore.get("status"));
      assertThat(backups.all()).hasSize(1);
      assertThat(restores.all()).hasSize(1);
    }
    assertThat(solo.bucket()).containsAllEntriesOf(bucket);
  }

  private GenericKubernetesResource failed(Kind kind, String name) {
    GenericKubernetesResource ended = await(kind, name, "Failed");
    assertThat(State.message(ended, "Ready"))
        .as("Velero's words of %s", kind.title())
        .contains("during the server starting");
    return ended;
  }

  private GenericKubernetesResource await(Kind kind, String name, String phase) {
    return solo.await(
        kind,
        name,
        "is " + phase,
        seen -> State.text(seen, "status", "atProvider", "phase").equals(phase));
  }

  private Map<String, Object> status(Kind kind, String name) {
    return solo.object(kind, name).get().get("status");
  }
}
