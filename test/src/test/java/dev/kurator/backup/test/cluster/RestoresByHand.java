package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What belongs to a restore is deleted while it is under way. */
abstract class RestoresByHand extends SoloTest {

  private static final List<String> ENDED = List.of("Completed", "PartiallyFailed", "Failed");

  /** Velero ends what it has begun, and lets the object go as soon as it can. */
  @Test
  void aRestoreThatIsDeletedUnderWayEndsAndRunsNoSecondTime() {
    String name = Solo.unused("unmade");
    try (Sightings made = solo.sightings(Kind.VELERO_IO_RESTORE, name)) {
      try (HeldNamespace _ = running(name)) {
        solo.object(Kind.VELERO_IO_RESTORE, name).delete();
      }
      GenericKubernetesResource ended = await(name, ENDED);
      if (phase(ended).equals("Failed")) {
        assertThat(State.message(ended, "Ready")).contains("disappeared before it ended");
      }
      restartVelero(name);
      assertOver(name, made);
    }
  }

  /** Not by Velero's object: the provider knows better. */
  @Test
  void aVeleroRestoreThatIsDeletedUnderWayHoldsUpNoOther() {
    String name = Solo.unused("unwanted");
    Resource<GenericKubernetesResource> restore = solo.object(Kind.VELERO_RESTORE, name);
    try (HeldNamespace held = running(name)) {
      restore.delete();
      solo.await(
          Kind.VELERO_RESTORE,
          name,
          "waits for Velero",
          seen -> State.message(seen, "Ready").contains("ends it first"));
      held.letGo();
      Await.until(name + " is gone", Solo.PATIENCE, restore, Objects::isNull);
    }
    assertThat(solo.object(Kind.VELERO_IO_RESTORE, name).get()).isNull();
    assertThat(marker(name).get()).isNull();
    runAnother();
  }

  @Test
  void aMarkerThatIsDeletedBeforeTheRestoreIsMadeAndWhileItRunsComesBack() {
    String name = Solo.unused("forgotten");
    AtomicBoolean closed = new AtomicBoolean(true);
    Write making = new Write("POST", Member.VELERO, "restores", "");
    solo.gate()
        .keeper(
            write ->
                closed.get() && write.equals(making) ? Keeper.Fate.REFUSED : Keeper.Fate.PASSES);
    try (Sightings made = solo.sightings(Kind.VELERO_IO_RESTORE, name);
        HeldNamespace held = HeldNamespace.on(solo.cluster(), name)) {
      apply(name);
      awaitMarker(name);
      assertThat(made.all()).as("no Restore before the member knows of it").isEmpty();
      marker(name).delete();
      closed.set(false);
      await(name, List.of("InProgress"));
      assertThat(marker(name).require().getData()).containsEntry("backup", Solo.BASE);

      marker(name).delete();
      held.letGo();

      await(name, List.of("Completed"));
      assertThat(marker(name).require().getData())
          .containsEntry("state", "created")
          .containsEntry("backup", Solo.BASE)
          .hasEntrySatisfying(
              "outcome", outcome -> assertThat(outcome).contains("\"phase\":\"Completed\""));
      assertOver(name, made);
    }
  }

  /**
   * Velero's server tries for ten minutes to write down the end of a Restore that is gone, and
   * meanwhile no other one ends.
   */
  private void restartVelero(String gone) {
    solo.await(Kind.VELERO_IO_RESTORE, gone, "is gone", Objects::isNull);
    solo.client()
        .pods()
        .inNamespace(Member.VELERO)
        .withLabel("deploy", "velero")
        .withGracePeriod(0)
        .delete();
  }

  /** It stays as it ended, whatever makes the provider look again. */
  private void assertOver(String name, Sightings made) {
    Map<String, String> bucket = solo.bucket();
    GenericKubernetesResource ended = await(name, ENDED);
    solo.provider().kill();
    marker(name).delete();
    solo.object(Kind.VELERO_RESTORE, name)
        .edit(
            found -> {
              found.<Map<String, Object>>get("spec", "forProvider").put("progressInterval", "20s");
              return found;
            });
    runAnother();

    assertThat(solo.object(Kind.VELERO_RESTORE, name).get().<Object>get("status"))
        .isEqualTo(ended.get("status"));
    assertThat(made.all()).as("every Restore of that name there ever was").hasSize(1);
    assertThat(solo.bucket()).containsAllEntriesOf(bucket);
  }

  private void runAnother() {
    String next = Solo.unused("next");
    apply(next);
    await(next, List.of("Completed"));
  }

  private HeldNamespace running(String name) {
    HeldNamespace held = HeldNamespace.on(solo.cluster(), name);
    apply(name);
    await(name, List.of("InProgress"));
    return held;
  }

  private void apply(String name) {
    solo.apply(
        Kind.VELERO_RESTORE,
        name,
        "backupName: %s\npolicy: {namespaceMapping: {%s: %s}}"
            .formatted(Solo.BASE, Solo.CONFIGS, name));
  }

  private GenericKubernetesResource await(String name, List<String> phases) {
    return solo.await(
        Kind.VELERO_RESTORE, name, "is " + phases, seen -> phases.contains(phase(seen)));
  }

  private static String phase(@Nullable GenericKubernetesResource restore) {
    return State.text(restore, "status", "atProvider", "phase");
  }

  private Resource<ConfigMap> marker(String name) {
    return solo.client()
        .configMaps()
        .inNamespace(Member.VELERO)
        .withName("kurator-restore-" + name);
  }

  private void awaitMarker(String name) {
    Await.until("the marker is there", Solo.PATIENCE, marker(name), Objects::nonNull);
  }
}
