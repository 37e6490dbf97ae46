package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A backup, a restore and a schedule under one name, written by hand, and a watch over all that
 * Velero ever gets of that name.
 */
final class Trio implements AutoCloseable {

  private static final List<Kind> OPERATIONS =
      List.of(Kind.VELERO_BACKUP, Kind.VELERO_RESTORE, Kind.VELERO_SCHEDULE);
  private static final List<Kind> MADE =
      List.of(Kind.VELERO_IO_BACKUP, Kind.VELERO_IO_RESTORE, Kind.VELERO_IO_SCHEDULE);

  private final Solo solo;
  private final String name;
  private final Map<String, String> bucket;
  private final Map<Kind, Sightings> made = new EnumMap<>(Kind.class);

  private Trio(Solo solo, String name) {
    this.solo = solo;
    this.name = name;
    this.bucket = solo.bucket();
    MADE.forEach(kind -> made.put(kind, solo.sightings(kind, name)));
  }

  /** Begins to watch, then applies the three. */
  static Trio apply(Solo solo, String name) {
    Trio trio = new Trio(solo, name);
    solo.apply(
        Kind.VELERO_BACKUP,
        name,
        "policy: {resourceFilter: {includedNamespaces: [%s]}}".formatted(Solo.CONFIGS));
    solo.apply(
        Kind.VELERO_RESTORE,
        name,
        "backupName: %s\npolicy: {namespaceMapping: {%s: %s}}"
            .formatted(Solo.BASE, Solo.CONFIGS, name));
    solo.apply(
        Kind.VELERO_SCHEDULE,
        name,
        "schedule: 0 0 1 1 *\npolicy: {resourceFilter: {includedNamespaces: [%s]}}"
            .formatted(Solo.CONFIGS));
    return trio;
  }

  /** Waits until all three are Ready: two Completed, the schedule enabled. */
  void awaitReady() {
    for (Kind kind : OPERATIONS) {
      solo.awaitReady(kind, name);
    }
  }

  /** Each ran once, as the managed resources say, and the bucket has lost nothing. */
  void assertOnce() {
    MADE.forEach(this::assertMadeOnce);
    Stream.of(Kind.VELERO_BACKUP, Kind.VELERO_RESTORE).forEach(this::assertTold);
    assertThat(marker().getData())
        .containsEntry("state", "created")
        .containsEntry("backup", Solo.BASE)
        .hasEntrySatisfying(
            "outcome", outcome -> assertThat(outcome).contains("\"phase\":\"Completed\""));
    assertThat(solo.bucket()).as("nothing is lost").containsAllEntriesOf(bucket);
  }

  /** Velero got one object of that kind, ever. */
  void assertMadeOnce(Kind kind) {
    assertThat(Objects.requireNonNull(made.get(kind)).all())
        .as("every %s of that name there ever was", kind.title())
        .hasSize(1);
  }

  /** The times of the only run, under the name of the only object. */
  private void assertTold(Kind kind) {
    GenericKubernetesResource told = solo.object(kind, name).get();
    GenericKubernetesResource made =
        solo.object(
                kind == Kind.VELERO_BACKUP ? Kind.VELERO_IO_BACKUP : Kind.VELERO_IO_RESTORE, name)
            .get();
    for (String field : List.of("phase", "startTimestamp")) {
      assertThat(State.text(told, "status", "atProvider", field))
          .as("%s of %s", field, kind.title())
          .isNotEmpty()
          .isEqualTo(State.text(made, "status", field));
    }
    // Velero's finalizer may come by twice, and then writes a time a second later.
    Instant completed = Instant.parse(State.text(made, "status", "completionTimestamp"));
    assertThat(Instant.parse(State.text(told, "status", "atProvider", "completionTimestamp")))
        .as("completionTimestamp of %s", kind.title())
        .isBetween(completed.minusSeconds(5), completed);
    assertThat(told.getMetadata().getAnnotations())
        .containsEntry("crossplane.io/external-name", name);
    assertThat(State.reason(told, "Synced")).as("announced, not adopted").isNotEqualTo("Adopted");
  }

  private ConfigMap marker() {
    return solo.client()
        .configMaps()
        .inNamespace(Member.VELERO)
        .withName("kurator-restore-" + name)
        .require();
  }

  @Override
  public void close() {
    made.values().forEach(Sightings::close);
  }
}
