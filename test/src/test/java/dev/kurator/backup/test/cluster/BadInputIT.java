package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ClusterTest
class BadInputIT {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String NAMESPACE = Example.NAMESPACE;

  private final Bed bed = Bed.shared();

  @BeforeEach
  void storeCredentials() {
    bed.storeCredentials(NAMESPACE);
  }

  @Test
  void aFleetThatMatchesNothingLeavesTheClaimPendingAndSaysSo() {
    apply(ClaimYaml.on(bed.store(), NAMESPACE, "nobody", "{fleet: atlantis}"));

    GenericKubernetesResource claim =
        claim("nobody")
            .await("it is not accepted", PATIENCE, seen -> State.is(seen, "Accepted", "False"));
    assertThat(State.phase(claim)).isEqualTo("Pending");
    assertThat(State.message(claim, "Accepted")).contains("atlantis");
  }

  @Test
  void aRegistrationWithoutAUsableKubeconfigIsNamedOnTheClaim() {
    register("no-secret", null);
    register("empty-secret", "");
    register("no-kubeconfig", "certainly: not a kubeconfig");
    apply(ClaimYaml.on(bed.store(), NAMESPACE, "broken", "{fleet: broken}"));

    GenericKubernetesResource claim =
        claim("broken")
            .await(
                "every member has a message",
                PATIENCE,
                seen ->
                    message(seen, "no-secret").contains("no-secret-kubeconfig")
                        && message(seen, "empty-secret").contains("empty-secret-kubeconfig")
                        && message(seen, "no-kubeconfig").contains("kubeconfig"));
    assertThat(State.entries(claim, "backupDetails")).hasSize(3);
    assertThat(State.phase(claim)).isEqualTo("Preparing");
  }

  @Test
  void aBucketThatDoesNotExistIsNamedOnTheClaim() {
    ClaimYaml claim = ClaimYaml.on(bed.store(), NAMESPACE, "no-bucket", bed.only(bed.paris()));
    apply(
        new ClaimYaml(
            NAMESPACE, claim.name(), claim.spec().replace("bucket: backups", "bucket: missing")));

    claim("no-bucket")
        .await(
            "the claim says that the location is Unavailable",
            PATIENCE,
            seen -> message(seen, "paris").contains("Unavailable"));
    assertThat(bed.paris().backupsOf("no-bucket")).isEmpty();
  }

  @Test
  void aClaimNameOfSixtyThreeCharactersCompletes() {
    String name = "a".repeat(63);
    apply(ClaimYaml.on(bed.store(), NAMESPACE, name, bed.only(bed.paris())));

    claim(name).awaitPhase("Completed", PATIENCE);
    assertThat(bed.paris().backupsOf(name)).hasSize(1);
  }

  private void register(String member, @Nullable String kubeconfig) {
    if (kubeconfig != null) {
      bed.hub().secret(Hub.CROSSPLANE, member + "-kubeconfig", "kubeconfig", kubeconfig);
    }
    bed.hub()
        .cluster()
        .apply(
            """
            apiVersion: velero.m.kurator.dev/v1alpha1
            kind: ClusterProviderConfig
            metadata:
              name: MEMBER
              labels: {fleet.kurator.dev/name: broken}
            spec:
              allowedNamespaces: ["team-*"]
              credentials:
                source: Secret
                secretRef: {namespace: crossplane-system, name: MEMBER-kubeconfig, key: kubeconfig}
            """
                .replace("MEMBER", member));
  }

  private void apply(ClaimYaml claim) {
    bed.hub().cluster().apply(claim.text());
  }

  private Claim claim(String name) {
    return bed.hub().claim(NAMESPACE, name);
  }

  private static String message(@Nullable GenericKubernetesResource claim, String member) {
    return String.valueOf(Claim.detail(claim, member).get("message"));
  }
}
