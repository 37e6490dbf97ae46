package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
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
