package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Velero's objects are deleted, by hand or by Velero itself. */
abstract class ObjectsByHand extends SoloTest {

  private static final String POLICY =
      "policy: {resourceFilter: {includedNamespaces: [" + Solo.CONFIGS + "]}}";

  /** As ttl does it: with a request, and what is in the bucket goes, too. */
  @Test
  void whatVeleroCollectsOrSomebodyDeletesAfterTheEndRunsNoSecondTime() {
    String name = Solo.unused("over");
    try (Trio trio = Trio.apply(solo, name)) {
      trio.awaitReady();
      GenericKubernetesResource backup = told(Kind.VELERO_BACKUP, name);
      GenericKubernetesResource restore = told(Kind.VELERO_RESTORE, name);

      collect(name);
      delete(Kind.VELERO_IO_RESTORE, name);
      solo.client()
          .configMaps()
          .inNamespace(Member.VELERO)
          .withName("kurator-restore-" + name)
          .delete();
      solo.provider().kill();
      lookAgain(Kind.VELERO_BACKUP, name);
      lookAgain(Kind.VELERO_RESTORE, name);
      runAnother();

      assertThat(told(Kind.VELERO_BACKUP, name).<Map<?, ?>>get("status"))
          .isEqualTo(backup.get("status"));
      assertThat(told(Kind.VELERO_RESTORE, name).<Map<?, ?>>get("status"))
          .isEqualTo(restore.get("status"));
      assertThat(solo.object(Kind.VELERO_IO_BACKUP, name).get()).isNull();
      assertThat(solo.object(Kind.VELERO_IO_RESTORE, name).get()).isNull();
      trio.assertMadeOnce(Kind.VELERO_IO_BACKUP);
      trio.assertMadeOnce(Kind.VELERO_IO_RESTORE);
    }
  }

  @Test
  void aBackupThatIsDeletedUnderWayFailsAndIsNotTakenAgain() {
    new Member(solo.cluster()).deploySlowWorkload();
    String name = Solo.unused("torn");
    solo.apply(Kind.VELERO_BACKUP, name, "policy: {resourceFilter: {includedNamespaces: [slow]}}");
    solo.await(
        Kind.VELERO_BACKUP,
        name,
        "runs",
        seen -> State.text(seen, "status", "atProvider", "phase").equals("InProgress"));

    delete(Kind.VELERO_IO_BACKUP, name);

    GenericKubernetesResource ended =
        solo.await(
            Kind.VELERO_BACKUP,
            name,
            "has failed",
            seen -> State.text(seen, "status", "atProvider", "phase").equals("Failed"));
    assertThat(State.message(ended, "Ready")).contains("disappeared before it ended");
    runAnother();
    assertThat(told(Kind.VELERO_BACKUP, name).<Map<?, ?>>get("status"))
        .isEqualTo(ended.get("status"));
  }

  @Test
  void aScheduleComesBackUnderItsName() {
    String name = Solo.unused("weekly");
    solo.apply(Kind.VELERO_SCHEDULE, name, "schedule: 0 0 1 1 *\n" + POLICY);
    solo.awaitReady(Kind.VELERO_SCHEDULE, name);

    delete(Kind.VELERO_IO_SCHEDULE, name);

    solo.await(Kind.VELERO_IO_SCHEDULE, name, "is back", Objects::nonNull);
    solo.awaitReady(Kind.VELERO_SCHEDULE, name);
  }

  @Test
  void engineAndLocationComeBackAndNothingIsLost() {
    Map<String, String> bucket = solo.bucket();
    var location = new Member(solo.cluster()).list(Kind.VELERO_IO_LOCATION).getFirst();
    var engine =
        solo.client().apps().deployments().inNamespace(Member.VELERO).withName("velero").require();
    var agent =
        solo.client()
            .apps()
            .daemonSets()
            .inNamespace(Member.VELERO)
            .withName("node-agent")
            .require();

    solo.client().resource(location).delete();
    solo.client().resource(engine).delete();
    solo.client().resource(agent).delete();

    solo.await(
        Kind.VELERO_INSTALL, Solo.INSTALL, "notices", seen -> !State.is(seen, "Ready", "True"));
    solo.awaitReady(Kind.VELERO_INSTALL, Solo.INSTALL);
    assertThat(new Member(solo.cluster()).list(Kind.VELERO_IO_LOCATION))
        .extracting(found -> found.getMetadata().getName())
        .containsExactly(location.getMetadata().getName());
    runAnother();
    assertThat(solo.bucket()).containsAllEntriesOf(bucket);
  }

  /** Whatever the provider would do, it has done by the time that another backup has ended. */
  private void runAnother() {
    String name = Solo.unused("another");
    solo.apply(Kind.VELERO_BACKUP, name, POLICY);
    solo.awaitReady(Kind.VELERO_BACKUP, name);
  }

  private GenericKubernetesResource told(Kind kind, String name) {
    return solo.object(kind, name).get();
  }

  private void delete(Kind kind, String name) {
    var object = solo.object(kind, name);
    String uid = object.get().getMetadata().getUid();
    object.delete();
    solo.await(
        kind, name, "is gone", seen -> seen == null || !seen.getMetadata().getUid().equals(uid));
  }

  private void collect(String backup) {
    solo.cluster()
        .apply(
            """
            apiVersion: velero.io/v1
            kind: DeleteBackupRequest
            metadata:
              namespace: velero
              name: %s
              labels: {velero.io/backup-name: %s, velero.io/backup-uid: %s}
            spec: {backupName: %s}
            """
                .formatted(
                    backup,
                    backup,
                    told(Kind.VELERO_IO_BACKUP, backup).getMetadata().getUid(),
                    backup));
    solo.await(Kind.VELERO_IO_BACKUP, backup, "is collected", Objects::isNull);
  }

  /** Makes the provider look at a resource, as an edit by hand does. */
  private void lookAgain(Kind kind, String name) {
    solo.object(kind, name)
        .edit(
            found -> {
              found.<Map<String, Object>>get("spec", "forProvider").put("progressInterval", "20s");
              return found;
            });
  }
}
