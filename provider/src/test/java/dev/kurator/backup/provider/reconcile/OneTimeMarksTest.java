package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OneTimeMarksTest {

  private static Mark ready(Map<String, Object> status) {
    GenericKubernetesResource backup = new GenericKubernetesResource();
    backup.setAdditionalProperty("status", status);
    return ready(Backups.observation(backup));
  }

  private static Mark ready(VeleroBackupObservation seen) {
    return new OneTimeMarks(VeleroKind.Backup, "nightly").of(seen, false).getFirst();
  }

  @Test
  void aFailureIsToldInVelerosWords() {
    assertThat(ready(Map.of("phase", "Failed", "failureReason", "bucket is full")))
        .isEqualTo(Mark.unavailable("bucket is full"));
  }

  @Test
  void aFailureWithoutWordsIsStillOne() {
    assertThat(ready(Map.of("phase", "Failed")))
        .isEqualTo(Mark.unavailable("Velero's Backup nightly failed"));
    assertThat(ready(VeleroBackupObservation.inPhase(Names.NOT_STARTED)))
        .isEqualTo(Mark.unavailable("did not start before its deadline"));
  }

  @Test
  void whatVeleroFindsInvalidIsToldBeforeAnyReason() {
    assertThat(
            ready(
                Map.of(
                    "phase",
                    "FailedValidation",
                    "validationErrors",
                    List.of("no location", "bad ttl"),
                    "failureReason",
                    "invalid")))
        .isEqualTo(Mark.unavailable("Velero refused the Backup: no location; bad ttl"));
  }

  @Test
  void errorsAndWarningsAreCountedBesideTheReason() {
    assertThat(
            ready(
                    Map.of(
                        "phase",
                        "PartiallyFailed",
                        "errors",
                        1,
                        "warnings",
                        2,
                        "failureReason",
                        "a volume is lost"))
                .message())
        .startsWith("a volume is lost; Velero counted 1 error and 2 warnings; `velero backup logs");
    assertThat(ready(Map.of("phase", "Completed"))).isEqualTo(Mark.available(null));
    assertThat(ready(Map.of("phase", "Completed", "warnings", 1)).message())
        .startsWith("Velero counted 0 errors and 1 warning;");
  }
}
