package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.VeleroBackup;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminatingNamespacesTest extends ProviderLife {

  private static final Instant DELETED = Instant.parse("2026-11-29T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "10, true, false, true",
    "9, true, false, false",
    "60, false, false, false",
    "60, true, true, false",
  })
  void onlyWhatNobodyCanBringCredentialsForLeavesAfterTenMinutes(
      int minutes, boolean terminating, boolean credentials, boolean expected) {
    if (terminating) {
      api.terminate(Samples.NAMESPACE);
    }
    FakeVelero members = new FakeVelero();
    if (credentials) {
      members.member(velero.member.key(), new byte[] {1});
    }
    Uses uses = new Uses();
    Clusters clusters = new Clusters(key -> {});
    LeaseTiming timing = new LeaseTiming(Duration.ofMinutes(2));
    HubLeases leases =
        new HubLeases(
            "hub",
            new HubTerms(
                new ConfigMapRecord(hub, "crossplane-system"),
                timing.renewal(),
                System::nanoTime,
                HubTerms::randomTerm),
            timing,
            System::nanoTime,
            key -> Optional.empty(),
            clusters,
            key -> {});
    Targets targets =
        new Targets(
            key -> Optional.empty(),
            (name, key) -> new SecretValue.Missing("Secret " + name + " does not exist"),
            members,
            clusters,
            uses,
            leases);
    VeleroBackup backup = Samples.backup("backup", null, "1h");
    backup.getMetadata().setDeletionTimestamp(DELETED.toString());
    TerminatingNamespaces namespaces =
        new TerminatingNamespaces(hub, targets, new Events(hub, Runnable::run));
    assertThat(
            namespaces.leave(
                backup,
                Samples.REFERENCE,
                "Velero's Backup x",
                DELETED.plus(Duration.ofMinutes(minutes))))
        .isEqualTo(expected);
    assertThat(hub.v1().events().inNamespace("default").list().getItems())
        .hasSize(expected ? 1 : 0);
  }
}
