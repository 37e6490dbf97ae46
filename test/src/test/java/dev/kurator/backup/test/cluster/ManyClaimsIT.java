package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Claims of all kinds and of two namespaces, at once, on the same members and bucket, many with the
 * same name. The engine is their own, and not there yet: all of them want it first.
 */
@Order(2)
@ClusterTest
class ManyClaimsIT {

  private static final int EACH = 5;
  private static final String SURVIVOR = "daily-1";
  private static final String DELETED = "daily-2";
  private static final String DELETED_TOO = "daily-4";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Bed bed = Bed.shared();
  private final Throng throng = Throng.register(bed, "many");
  private final List<String> teams = List.of(throng.team("one"), throng.team("two"));

  @Test
  void tenBackupsTwoRestoresAndAMigrateDoNotGetInEachOthersWay() {
    teams.forEach(throng::deployWorkload);
    teams.forEach(team -> names().forEach(name -> apply(team, name)));
    // they wait for their Backups, and the Migrate works beside them
    teams.forEach(team -> throng.restore(team, SURVIVOR, SURVIVOR, "back"));
    throng.migrate(teams.getFirst(), SURVIVOR, "moved");

    claims().forEach(claim -> claim.awaitPhase("Completed", PATIENCE));
    teams.forEach(team -> bed.hub().restore(team, SURVIVOR).awaitPhase("Completed", PATIENCE));
    bed.hub().migrate(teams.getFirst(), SURVIVOR).awaitPhase("Completed", PATIENCE);

    assertOneEngineAndSharedLocations();
    assertNothingHasAnOthersName();

    SortedMap<String, String> kept = throng.backupFiles();
    List<String> asked = veleroBackups(List.of(DELETED, DELETED_TOO));
    kept.keySet().removeIf(file -> asked.stream().anyMatch(file::contains));
    deleteAllButOne();
    assertThat(throng.backupFiles())
        .as("only what was to be deleted is gone, and the rest is as it was")
        .isEqualTo(kept);
    throng.removeCopies(teams, "back", "moved");
    assertTheOneThatIsLeftCanBeRestored();
  }

  private void assertOneEngineAndSharedLocations() {
    String one = teams.getFirst();
    String two = teams.getLast();
    for (Member member : throng.members().values()) {
      assertThat(throng.engines(member)).as("engines of " + member.name()).hasSize(1);
    }
    assertThat(throng.locations(bed.paris()))
        .containsExactlyInAnyOrder(
            "ReadWrite " + one + "/" + throng.paris(),
            "ReadWrite " + two + "/" + throng.paris(),
            "ReadOnly " + one + "/" + throng.berlin());
    assertThat(throng.locations(bed.berlin()))
        .containsExactlyInAnyOrder(
            "ReadWrite " + one + "/" + throng.berlin(), "ReadWrite " + two + "/" + throng.berlin());
  }

  private void assertNothingHasAnOthersName() {
    // the Migrate is called like a Backup, and backs up on berlin
    List<String> backups =
        Stream.concat(
                veleroBackups(names()).stream(),
                Stream.of(
                    text(
                        bed.hub().migrate(teams.getFirst(), SURVIVOR),
                        throng.berlin(),
                        "backupName")))
            .toList();
    assertThat(backups).hasSize(teams.size() * EACH * 2 + 1).doesNotHaveDuplicates();
    assertThat(throng.backups()).containsExactlyInAnyOrderElementsOf(backups);
    List<String> restores =
        Stream.concat(
                teams.stream()
                    .flatMap(
                        team ->
                            throng.members().keySet().stream()
                                .map(
                                    member ->
                                        text(
                                            bed.hub().restore(team, SURVIVOR),
                                            member,
                                            "restoreName"))),
                Stream.of(
                    text(
                        bed.hub().migrate(teams.getFirst(), SURVIVOR),
                        throng.paris(),
                        "restoreName")))
            .toList();
    assertThat(restores).hasSize(teams.size() * 2 + 1).doesNotHaveDuplicates();
  }

  private void deleteAllButOne() {
    claims().skip(1).forEach(claim -> claim.resource().delete());
    for (String team : teams) {
      for (String name : names()) {
        if (!team.equals(teams.getFirst()) || !name.equals(SURVIVOR)) {
          throng.awaitNothingLeftOfBackup(team, name, PATIENCE);
        }
      }
    }
  }

  private void assertTheOneThatIsLeftCanBeRestored() {
    String team = teams.getFirst();
    throng.restore(team, "after", SURVIVOR, "after");
    bed.hub().restore(team, "after").awaitPhase("Completed", PATIENCE);
    for (Member member : throng.members().values()) {
      String restored = throng.into(team, "after");
      member.awaitWorkload(restored);
      assertThat(member.checksum(restored)).isEqualTo(member.checksum(throng.workload(team)));
    }
  }

  /** All Backups, the one that is to be left first. */
  private Stream<Claim> claims() {
    return teams.stream()
        .flatMap(team -> names().stream().map(name -> bed.hub().claim(team, name)));
  }

  /** Velero's names of the claims of these names, on all members. */
  private List<String> veleroBackups(List<String> names) {
    return teams.stream()
        .flatMap(team -> names.stream().map(name -> bed.hub().claim(team, name)))
        .flatMap(
            claim ->
                throng.members().keySet().stream().map(member -> text(claim, member, "backupName")))
        .toList();
  }

  private static String text(Claim claim, String member, String field) {
    GenericKubernetesResource found = claim.resource().get();
    return String.valueOf(Claim.detail(found, member).get(field));
  }

  private static List<String> names() {
    return IntStream.rangeClosed(1, EACH).mapToObj(number -> "daily-" + number).toList();
  }

  /** Two take their data along when they are deleted, of which one has volumes. */
  private void apply(String team, String name) {
    boolean deleted = name.equals(DELETED) || name.equals(DELETED_TOO);
    throng.backup(
        team, name, deleted ? "Delete" : "Retain", name.equals(SURVIVOR) || name.equals(DELETED));
  }
}
