package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Managed resources are deleted, and applied again as they were. */
abstract class ResourcesByHand extends SoloTest {

  private static final String POLICY =
      "policy: {resourceFilter: {includedNamespaces: [" + Solo.CONFIGS + "]}}";

  @Test
  void aBackupThatIsAppliedAgainIsANewOneAndTheFirstStaysInTheBucket() {
    String name = Solo.unused("again");
    apply(Kind.VELERO_BACKUP, name, POLICY);
    Map<String, String> bucket = solo.bucket();

    remove(Kind.VELERO_BACKUP, name);
    apply(Kind.VELERO_BACKUP, name, POLICY);

    assertThat(externalName(Kind.VELERO_BACKUP, name)).isEqualTo(name + "-2");
    assertThat(phase(Kind.VELERO_IO_BACKUP, name)).isEqualTo("Completed");
    assertThat(phase(Kind.VELERO_IO_BACKUP, name + "-2")).isEqualTo("Completed");
    assertThat(solo.object(Kind.VELERO_IO_BACKUP, name).get().getMetadata().getLabels())
        .containsKey("velero.m.kurator.dev/released");
    assertThat(solo.bucket()).containsAllEntriesOf(bucket);
  }

  /** Velero is down when it is asked to delete data, and is back after the edit to Retain. */
  @Test
  void anEditToRetainTakesBackADeletionThatVeleroHasNotBegun() {
    String name = Solo.unused("kept");
    apply(Kind.VELERO_BACKUP, name, "deletionPolicy: Delete\n" + POLICY);
    Map<String, String> bucket = solo.bucket();
    String uid = uid(Kind.VELERO_IO_BACKUP, name);
    var requests =
        Kind.VELERO_IO_DELETION.on(solo.client()).inNamespace(Member.VELERO).withName(uid);
    pauseInstall("true");
    scaleVelero(0);

    var backup = solo.object(Kind.VELERO_BACKUP, name);
    backup.delete();
    Await.until("Velero is asked", Solo.PATIENCE, requests, Objects::nonNull);
    backup.patch(
        PatchContext.of(PatchType.JSON_MERGE),
        "{\"spec\": {\"forProvider\": {\"deletionPolicy\": \"Retain\"}}}");
    Await.until("the VeleroBackup is gone", Solo.PATIENCE, backup, Objects::isNull);
    assertThat(requests.get()).isNull();

    scaleVelero(1);
    pauseInstall("false");
    apply(Kind.VELERO_BACKUP, Solo.unused("next"), POLICY);
    assertThat(solo.bucket()).containsAllEntriesOf(bucket);
    assertThat(uid(Kind.VELERO_IO_BACKUP, name)).isEqualTo(uid);
  }

  /** The provider would scale it up again. */
  private void pauseInstall(String paused) {
    solo.object(Kind.VELERO_INSTALL, Solo.INSTALL)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"annotations\": {\"crossplane.io/paused\": \"%s\"}}}"
                .formatted(paused));
  }

  private void scaleVelero(int replicas) {
    solo.client()
        .apps()
        .deployments()
        .inNamespace(Member.VELERO)
        .withName("velero")
        .scale(replicas);
    Await.untilAll(
        "as many pods of Velero",
        Solo.PATIENCE,
        solo.client().pods().inNamespace(Member.VELERO),
        pods ->
            pods.stream().filter(pod -> pod.getMetadata().getName().startsWith("velero-")).count()
                == replicas);
  }

  @Test
  void aScheduleThatIsAppliedAgainHasANameOfItsOwn() {
    String name = Solo.unused("nightly");
    String schedule = "schedule: 0 0 1 1 *\n" + POLICY;
    apply(Kind.VELERO_SCHEDULE, name, schedule);

    remove(Kind.VELERO_SCHEDULE, name);
    assertThat(solo.object(Kind.VELERO_IO_SCHEDULE, name).get()).isNull();
    apply(Kind.VELERO_SCHEDULE, name, schedule);

    assertThat(externalName(Kind.VELERO_SCHEDULE, name)).isEqualTo(name + "-2");
    assertThat(phase(Kind.VELERO_IO_SCHEDULE, name + "-2")).isEqualTo("Enabled");
  }

  @Test
  void aRestoreThatIsAppliedAgainRunsAgain() {
    String name = Solo.unused("back");
    String restore =
        "backupName: %s\npolicy: {namespaceMapping: {%s: %s}}"
            .formatted(Solo.BASE, Solo.CONFIGS, name);
    apply(Kind.VELERO_RESTORE, name, restore);
    String first = uid(Kind.VELERO_IO_RESTORE, name);
    solo.client().configMaps().inNamespace(name).withName("config-1").delete();

    remove(Kind.VELERO_RESTORE, name);
    assertThat(solo.object(Kind.VELERO_IO_RESTORE, name).get()).isNull();
    apply(Kind.VELERO_RESTORE, name, restore);

    assertThat(uid(Kind.VELERO_IO_RESTORE, name)).isNotEqualTo(first);
    assertThat(solo.client().configMaps().inNamespace(name).withName("config-1").get()).isNotNull();
  }

  /** Only who takes its finalizer away gets rid of an install that operations name. */
  @Test
  void anInstallThatIsTornFromItsOperationsAndAppliedAgainIsFoundByThem() {
    String name = Solo.unused("living");
    apply(Kind.VELERO_SCHEDULE, name, "schedule: 0 0 1 1 *\n" + POLICY);
    String schedule = uid(Kind.VELERO_IO_SCHEDULE, name);
    Map<String, String> bucket = solo.bucket();
    var install = solo.object(Kind.VELERO_INSTALL, Solo.INSTALL);

    install.delete();
    solo.await(
        Kind.VELERO_INSTALL,
        Solo.INSTALL,
        "says what it waits for",
        seen -> State.message(seen, "Ready").contains(name));
    install.edit(
        found -> {
          found.getMetadata().getFinalizers().clear();
          return found;
        });
    Await.until("the install is gone", Solo.PATIENCE, install, Objects::isNull);
    solo.applyInstall();

    solo.await(
        Kind.VELERO_INSTALL,
        Solo.INSTALL,
        "is Ready again",
        seen -> State.is(seen, "Ready", "True"));
    solo.await(Kind.VELERO_SCHEDULE, name, "goes on", seen -> State.is(seen, "Synced", "True"));
    assertThat(uid(Kind.VELERO_IO_SCHEDULE, name)).isEqualTo(schedule);
    assertThat(solo.bucket()).containsAllEntriesOf(bucket);
    String next = Solo.unused("after");
    apply(Kind.VELERO_BACKUP, next, POLICY);
    assertThat(phase(Kind.VELERO_IO_BACKUP, next)).isEqualTo("Completed");
  }

  private void apply(Kind kind, String name, String more) {
    solo.apply(kind, name, more);
    solo.awaitReady(kind, name);
  }

  private void remove(Kind kind, String name) {
    var resource = solo.object(kind, name);
    resource.delete();
    Await.until(kind.title() + " " + name + " is gone", Solo.PATIENCE, resource, Objects::isNull);
  }

  private String externalName(Kind kind, String name) {
    var annotations = solo.object(kind, name).get().getMetadata().getAnnotations();
    return Objects.requireNonNull(annotations.get("crossplane.io/external-name"));
  }

  private String phase(Kind kind, String name) {
    return State.phase(solo.object(kind, name).get());
  }

  private String uid(Kind kind, String name) {
    GenericKubernetesResource found = solo.object(kind, name).get();
    return found.getMetadata().getUid();
  }
}
