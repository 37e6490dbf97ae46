package dev.kurator.backup.test.cluster;

import dev.kurator.backup.test.secrets.Planted;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The contents of Secrets that the tests plant, and those that the provider makes up. */
final class Planting {

  /** The token of a kubeconfig. */
  static final String TOKEN = "planted-token-of-a-member-3141";

  /** The token of the kubeconfig that the provider of {@link Solo} has. */
  static final String GATE_TOKEN = "planted-token-of-the-gate-2236";

  /** Of a member's kopia repositories. */
  static final String PASSWORD = "planted-password-of-a-repository-1618";

  /** In a credentials file that is none. */
  static final String NO_CREDENTIALS = "planted-nonsense-for-a-credentials-file-1414";

  private static final String REPOSITORY_SECRET = "velero-repo-credentials";
  private static final String PUBLIC_PASSWORD = "static-passw0rd";
  private static final Pattern CLIENT_KEY =
      Pattern.compile("client-key-data: \"?([A-Za-z0-9+/=]+)");

  /** Where a key differs from others. */
  private static final int SECRET_AT = 200;

  private Planting() {}

  /** Everything that no cluster of the bed may have shown outside of Secrets. */
  static List<Planted> of(Bed bed) {
    List<Planted> planted = new ArrayList<>();
    planted.add(Planted.of("the object store's secret key", ObjectStore.secretKey()));
    planted.add(Planted.of("a kubeconfig's token", TOKEN));
    planted.add(Planted.of("the token of a provider's own kubeconfig", GATE_TOKEN));
    planted.add(Planted.of("a repository's password", PASSWORD));
    planted.add(Planted.of("a storage Secret", NO_CREDENTIALS));
    planted.add(Planted.of("a workload's Secret", Member.PIN));
    for (Cluster cluster : bed.clusters()) {
      planted.addAll(clientKey(cluster));
      passwords(cluster)
          .map(password -> Planted.of("a password made up", password))
          .forEach(planted::add);
    }
    return planted;
  }

  /** The key in a kubeconfig: a part as it stands there, and of the PEM that it encodes. */
  private static List<Planted> clientKey(Cluster cluster) {
    Matcher key = CLIENT_KEY.matcher(cluster.kubeconfig());
    if (!key.find()) {
      throw new AssertionError("the kubeconfig of " + cluster.name() + " has no client key");
    }
    String pem = new String(Base64.getDecoder().decode(key.group(1)), StandardCharsets.UTF_8);
    String what = "the client key of " + cluster.name();
    return List.of(
        Planted.of(what, key.group(1).substring(SECRET_AT, SECRET_AT + 40)),
        Planted.of(what, pem.lines().skip(2).findFirst().orElseThrow().substring(0, 40)));
  }

  private static Stream<String> passwords(Cluster cluster) {
    return secrets(cluster.client())
        .filter(secret -> secret.getMetadata().getName().equals(REPOSITORY_SECRET))
        .flatMap(Planting::values)
        .filter(value -> !value.equals(PUBLIC_PASSWORD))
        .distinct();
  }

  /** What the Secrets of a cluster hold now. */
  static Stream<String> contents(Cluster cluster) {
    return secrets(cluster.client()).flatMap(Planting::values);
  }

  private static Stream<Secret> secrets(KubernetesClient client) {
    return client.secrets().inAnyNamespace().list().getItems().stream();
  }

  private static Stream<String> values(Secret secret) {
    return Objects.requireNonNullElse(secret.getData(), Map.<String, String>of()).values().stream()
        .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
  }
}
