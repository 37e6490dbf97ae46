package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.LocationName;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallObservation;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a VeleroInstall says of its member where its spec cannot be read. */
class InstallRecordTest {

  private static final String ANNOUNCED = "kb-0123456789abcdef";
  private static final String SEEN = "kb-fedcba9876543210";

  private static VeleroInstall install(
      @Nullable String announced, @Nullable String seen, @Nullable String namespace) {
    VeleroInstall install = Samples.unreadable("bad", "spec.forProvider.location.bucket");
    if (announced != null) {
      install.getMetadata().setAnnotations(Map.of(Names.EXTERNAL_NAME, announced));
    }
    install.setStatus(
        new VeleroInstallStatus(
            new VeleroInstallObservation(null, namespace, null, null, null, seen, null, null),
            List.of(),
            null));
    return install;
  }

  @Test
  void namesThatAreMadeAreValid() {
    assertThat(LocationName.isValid(LocationName.of(Samples.install("a").getSpec().forProvider())))
        .isTrue();
  }

  @Test
  void theNameThatWasWrittenFirstCounts() {
    assertThat(InstallRecord.location(install(ANNOUNCED, SEEN, null))).contains(ANNOUNCED);
    assertThat(InstallRecord.location(install(null, SEEN, null))).contains(SEEN);
    assertThat(InstallRecord.location(install(null, null, null))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "default",
        "velero-repo-credentials",
        "kb-0123",
        "kb-0123456789ABCDEF",
        "kb-0123456789abcdef/x"
      })
  void aNameThatIsNoneOfOursIsNotUsed(String edited) {
    assertThat(InstallRecord.location(install(edited, SEEN, null))).contains(SEEN);
    assertThat(InstallRecord.location(install(edited, edited, null))).isEmpty();
  }

  @Test
  void anInstallOfWhichNothingSaysWhatItUsesMayUseAnyLocation() {
    assertThat(InstallRecord.mayUse(install("edited", null, null), SEEN)).isTrue();
    assertThat(InstallRecord.mayUse(install(ANNOUNCED, null, null), SEEN)).isFalse();
    assertThat(InstallRecord.mayUse(install(null, null, null), SEEN)).isFalse();
  }

  @Test
  void aNamespaceThatCanBeNoneIsNotUsed() {
    assertThat(InstallRecord.namespace(install(null, null, "engine"))).contains("engine");
    assertThat(InstallRecord.namespace(install(null, null, "../kube-system"))).isEmpty();
    assertThat(InstallRecord.namespace(install(null, null, "a".repeat(64)))).isEmpty();
    assertThat(InstallRecord.namespace(install(null, null, null))).isEmpty();
  }
}
