package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.test.secrets.Planted;
import dev.kurator.backup.test.secrets.Recorder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The last of the tier: whatever the other classes did, nothing that is secret has shown. */
@ClusterTest
@Isolated
@Order(Integer.MAX_VALUE)
class NothingSecretShownIT {

  /** Of which kinds there must have been something to search, with the least number of texts. */
  private static final Map<String, Integer> AT_LEAST =
      Map.ofEntries(
          Map.entry("hub-Backup.backup.kurator.dev", 10),
          Map.entry("hub-Restore.backup.kurator.dev", 5),
          Map.entry("hub-Migrate.backup.kurator.dev", 5),
          Map.entry("hub-VeleroInstall.velero.m.kurator.dev", 10),
          Map.entry("hub-VeleroBackup.velero.m.kurator.dev", 10),
          Map.entry("hub-VeleroRestore.velero.m.kurator.dev", 5),
          Map.entry("hub-ClusterProviderConfig.velero.m.kurator.dev", 3),
          Map.entry("hub-Event", 50),
          Map.entry("hub-ConfigMap", 5),
          Map.entry("hub-Pod", 10),
          Map.entry("hub-log", 200),
          Map.entry("paris-Backup.velero.io", 10),
          Map.entry("paris-Restore.velero.io", 5),
          Map.entry("paris-BackupStorageLocation.velero.io", 10),
          Map.entry("paris-DownloadRequest.velero.io", 2),
          Map.entry("paris-Deployment", 5),
          Map.entry("paris-ConfigMap", 10),
          Map.entry("paris-Event", 20),
          Map.entry("paris-log", 500),
          Map.entry("berlin-Backup.velero.io", 10),
          Map.entry("berlin-Event", 20),
          Map.entry("berlin-log", 500),
          Map.entry("solo-provider-log", 100));

  private final Bed bed = Bed.shared();

  @Test
  void nothingThatIsInASecretIsAnywhereElse() {
    Recorder seen = Shown.recorder();
    List<Planted> planted = Planting.of(bed);

    assertThat(seen.findings(planted)).isEmpty();

    Map<String, Long> counts = seen.counts();
    System.out.println("searched for " + planted.size() + " secrets: " + counts);
    AT_LEAST.forEach(
        (source, least) ->
            assertThat(counts.getOrDefault(source, 0L)).as(source).isGreaterThanOrEqualTo(least));
  }

  /** The same search does find them where they are. */
  @Test
  void everyOneOfThemIsInASecret() {
    List<String> contents =
        Stream.concat(bed.clusters().stream(), Stream.of(Solo.shared().cluster()))
            .flatMap(Planting::contents)
            .toList();
    List<Planted> lost =
        Planting.of(bed).stream()
            .filter(planted -> contents.stream().noneMatch(planted::isIn))
            .toList();

    assertThat(lost).isEmpty();
  }
}
