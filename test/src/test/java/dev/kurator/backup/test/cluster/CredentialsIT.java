package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** In a namespace of its own: the location is the subject, and another's would be known good. */
@ClusterTest
class CredentialsIT {

  private static final String NAMESPACE = "team-credentials";
  private static final String NAME = "locked-out";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Bed bed = Bed.shared();

  @Test
  void wrongCredentialsHoldTheBackupUntilTheSecretIsRight() {
    bed.hub().secret(NAMESPACE, Example.CREDENTIALS, "cloud", bed.store().wrongCredentials());
    bed.hub()
        .cluster()
        .apply(ClaimYaml.on(bed.store(), NAMESPACE, NAME, bed.only(bed.paris())).text());
    Claim claim = bed.hub().claim(NAMESPACE, NAME);

    // Both, because Crossplane writes the conditions after the rest of the status.
    GenericKubernetesResource waiting =
        claim.await(
            "entry and condition say that the location is Unavailable",
            PATIENCE,
            seen ->
                message(seen).contains("Unavailable")
                    && State.message(seen, "Installed").contains("Unavailable"));
    assertThat(State.phase(waiting)).isEqualTo("Preparing");
    assertThat(State.message(waiting, "Installed")).contains("paris");
    assertThat(bed.paris().backupsOf(NAME)).isEmpty();

    Instant mended = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    bed.hub().secret(NAMESPACE, Example.CREDENTIALS, "cloud", bed.store().credentials());

    claim.awaitPhase("Completed", PATIENCE);
    assertThat(bed.paris().backupsOf(NAME))
        .singleElement()
        .satisfies(
            backup ->
                assertThat(Instant.parse(backup.getMetadata().getCreationTimestamp()))
                    .isAfterOrEqualTo(mended));
  }

  private static String message(@Nullable GenericKubernetesResource seen) {
    return String.valueOf(Claim.detail(seen, "paris").get("message"));
  }
}
