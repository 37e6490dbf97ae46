package dev.kurator.backup.provider.reconcile;

import static dev.kurator.backup.apis.claim.StorageProvider.aws;
import static dev.kurator.backup.apis.claim.StorageProvider.gcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.ManagementPolicy;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharingTest {

  @Test
  void thoseOnTheirWayOutDoNotCountAsUsers() {
    VeleroInstall self = Samples.install("self");
    VeleroInstall staying = Samples.install("staying");
    VeleroInstall leaving = Samples.install("leaving");
    leaving.getMetadata().setDeletionTimestamp("2026-11-22T12:00:00Z");

    assertThat(Sharing.others(self, List.of(self, staying, leaving))).containsExactly(staying);
  }

  @Test
  void amongEquallyOldOnesTheNameDecidesWhoseSettingsTheyAre() {
    VeleroInstall a = Samples.install("a");
    VeleroInstall b = Samples.install("b");

    assertThat(Sharing.senior(b, List.of(a))).contains(a);
    assertThat(Sharing.senior(a, List.of(b))).isEmpty();
  }

  @Test
  void aProviderThatCannotBeReadNeedsThePluginsThatAreInstalledAndNoOther() {
    VeleroInstall self = Samples.install("self");
    VeleroInstall bad = Samples.unreadable("bad", "spec.forProvider.location.provider");

    assertThat(Sharing.providers(self, List.of(self, bad), Set.of())).containsExactly(aws);
    assertThat(Sharing.providers(self, List.of(self, bad), Set.of(gcp)))
        .containsExactlyInAnyOrder(aws, gcp);
    assertThat(Sharing.providers(self, List.of(self), Set.of(gcp))).containsExactly(aws);
    assertThat(Sharing.providers(bad, List.of(), Set.of())).isEmpty();
  }

  @Test
  void anotherFolderIsAnotherLocation() {
    VeleroInstall a = Samples.install("a");
    VeleroInstall b = Samples.install("b", "store", Map.of());
    VeleroInstall elsewhere = Samples.elsewhere("c");

    assertThat(Sharing.sameLocation(a, List.of(b, elsewhere))).containsExactly(b);
  }

  @Test
  void whoOnlyObservesALocationMayNotUseAnotherNamespacesOne() {
    VeleroInstall observing = observing("a");
    VeleroInstall theirs = Samples.install("b");
    theirs.getMetadata().setNamespace("team-b");
    VeleroInstall alsoObserving = observing("c");
    alsoObserving.getMetadata().setNamespace("team-b");

    assertThat(Sharing.otherNamespaces(observing, List.of(theirs)))
        .hasValueSatisfying(problem -> assertThat(problem).startsWith("LocationConflict"));
    assertThat(Sharing.otherNamespaces(observing, List.of(theirs, Samples.install("d")))).isEmpty();
    assertThat(Sharing.otherNamespaces(observing, List.of(alsoObserving))).isEmpty();
    assertThat(Sharing.otherNamespaces(observing, List.of(Samples.elsewhere("e")))).isEmpty();
  }

  private static VeleroInstall observing(String name) {
    VeleroInstall install = Samples.install(name);
    VeleroInstallSpec spec = install.getSpec();
    install.setSpec(
        new VeleroInstallSpec(
            spec.forProvider(), List.of(ManagementPolicy.Observe), spec.providerConfigRef()));
    return install;
  }
}
