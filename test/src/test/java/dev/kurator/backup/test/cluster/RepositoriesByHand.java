package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The BackupRepository of a volume is deleted. */
abstract class RepositoriesByHand extends SoloTest {

  private final Member member = new Member(solo.cluster());
  private final String work = Solo.unused("work");
  private final String first = work + "-first";
  private final String second = work + "-second";
  private final String restored = work + "-restored";

  @Test
  void aRepositoryThatIsDeletedUnderWayCostsNeitherARunNorWhatIsInTheBucket() {
    member.deployWorkload(work);
    try (Sightings firsts = solo.sightings(Kind.VELERO_IO_BACKUP, first);
        Sightings seconds = solo.sightings(Kind.VELERO_IO_BACKUP, second);
        Sightings restores = solo.sightings(Kind.VELERO_IO_RESTORE, restored)) {
      backUp(first);
      await(Kind.VELERO_BACKUP, first, List.of("Completed"));
      Map<String, String> bucket = solo.bucket();

      backUp(second);
      // a small one may have ended before its progress is reported
      await(Kind.VELERO_BACKUP, second, List.of("InProgress", "Completed"));
      assertThat(repositories()).as("the volumes' repository").isNotEmpty();
      deleteRepositories();
      GenericKubernetesResource ended =
          await(Kind.VELERO_BACKUP, second, List.of("Completed", "PartiallyFailed", "Failed"));
      deleteRepositories();
      restore();

      assertThat(member.checksum(restored)).isEqualTo(member.checksum(work));
      assertThat(solo.bucket()).containsAllEntriesOf(bucket);
      assertThat(List.of(firsts, seconds, restores))
          .allSatisfy(made -> assertThat(made.all()).hasSize(1));
      assertThat(solo.object(Kind.VELERO_BACKUP, second).get().<Object>get("status"))
          .isEqualTo(ended.get("status"));
    }
    solo.client().namespaces().withName(work).delete();
    solo.client().namespaces().withName(restored).delete();
  }

  private void backUp(String name) {
    solo.apply(
        Kind.VELERO_BACKUP,
        name,
        """
        policy:
          resourceFilter: {includedNamespaces: [%s]}
          defaultVolumesToFsBackup: true
        """
            .formatted(work));
  }

  private void restore() {
    solo.apply(
        Kind.VELERO_RESTORE,
        restored,
        "backupName: %s\npolicy: {namespaceMapping: {%s: %s}}".formatted(first, work, restored));
    await(Kind.VELERO_RESTORE, restored, List.of("Completed"));
    member.awaitWorkload(restored);
  }

  private List<GenericKubernetesResource> repositories() {
    return member.list(Kind.VELERO_IO_REPOSITORY).stream()
        .filter(one -> State.text(one, "spec", "volumeNamespace").equals(work))
        .toList();
  }

  /** Where the first deletion came late, there may be none again yet. */
  private void deleteRepositories() {
    repositories().forEach(one -> solo.client().resource(one).delete());
  }

  private GenericKubernetesResource await(Kind kind, String name, List<String> phases) {
    return solo.await(
        kind,
        name,
        "is " + phases,
        seen -> phases.contains(State.text(seen, "status", "atProvider", "phase")));
  }
}
