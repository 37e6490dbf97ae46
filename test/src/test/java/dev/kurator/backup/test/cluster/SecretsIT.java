package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Secrets that are wrong, each in a way that tempts somebody to quote it. */
@ClusterTest
class SecretsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Bed bed = Bed.shared();
  private final String claims = bed.namespace("team-secrets");
  private final String fleet = claims.replace("team-", "");

  @Test
  void whatIsWrongWithASecretIsSaidWithoutItsContent() {
    bed.hub().secret(claims, Example.CREDENTIALS, "cloud", Planting.NO_CREDENTIALS);
    Map<String, String> kubeconfigs =
        Map.of(
            called("stranger"),
            kubeconfig("token: " + Planting.TOKEN),
            called("torn"),
            kubeconfig("{token: [" + Planting.TOKEN),
            called("program"),
            kubeconfig(
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: cat, args: [%s]}"
                    .formatted(Planting.TOKEN)),
            called("vault"),
            bed.paris().cluster().internalKubeconfig());
    bed.hub().storeKubeconfig(bed.hub().cluster());
    bed.hub().secret(Hub.CROSSPLANE, called("password"), "password", Planting.PASSWORD);
    kubeconfigs.forEach(this::register);

    bed.hub()
        .cluster()
        .apply(ClaimYaml.on(bed.store(), claims, "tempting", "{fleet: " + fleet + "}").text());
    GenericKubernetesResource claim =
        bed.hub()
            .claim(claims, "tempting")
            .await(
                "every entry says what is wrong",
                PATIENCE,
                seen ->
                    kubeconfigs.keySet().stream().noneMatch(name -> message(seen, name).isEmpty())
                        && message(seen, called("vault")).contains("Unavailable"));

    assertThat(message(claim, called("stranger"))).contains(called("stranger"));
    assertThat(message(claim, called("torn"))).contains("kubeconfig");
    assertThat(message(claim, called("program"))).contains("exec");
    assertThat(List.of(State.describe(claim)))
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContain(Planting.TOKEN)
                    .doesNotContain(Planting.NO_CREDENTIALS));
  }

  private String called(String what) {
    return fleet + "-" + what;
  }

  /** Of paris, with another user. */
  private String kubeconfig(String user) {
    return bed.paris()
        .cluster()
        .internalKubeconfig()
        .replaceFirst("client-certificate-data: .*\\s+client-key-data: .*", user);
  }

  private void register(String name, String kubeconfig) {
    bed.hub().secret(Hub.CROSSPLANE, name, "kubeconfig", kubeconfig);
    String password =
        """
        velero:
          repositoryPasswordSecretRef: {namespace: crossplane-system, name: %s, key: password}
        """
            .formatted(called("password"));
    // with another password, the engine that others use would be refused
    String more = name.equals(called("vault")) ? "" : password;
    bed.hub().cluster().apply(new Registration(name, fleet, name, claims, more).text());
  }

  private static String message(@Nullable GenericKubernetesResource claim, String member) {
    Object message = Claim.detail(claim, member).get("message");
    return message == null ? "" : message.toString();
  }
}
