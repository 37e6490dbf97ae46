package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A fleet so large that Crossplane would stop listening, did words not wait for their turn. Not a
 * part of {@code mvn verify}: it takes ten minutes.
 */
@Tag("figures")
@ExtendWith(ClusterTier.class)
class LargeFleetIT {

  private static final int MEMBERS = 50;
  private static final String NAMESPACE = "team-fleet";
  private static final Duration PATIENCE = Duration.ofMinutes(12);

  @Test
  void crossplaneListensAllAlongToAClaimOverFiftyMembers() {
    Hub hub = LoneHub.start(Path.of("..").toAbsolutePath().normalize());
    hub.namespace(NAMESPACE);
    hub.cluster().apply(members());
    Claim claim = hub.claim(NAMESPACE, "fleet");
    try (Sightings deaf =
            Sightings.of(
                Kind.BACKUP.on(hub.client()).inNamespace(NAMESPACE), LargeFleetIT::deafness);
        var _ = new PlayedProvider(hub, NAMESPACE, !Boolean.getBoolean("budget.off"))) {
      hub.cluster().apply(claim());
      GenericKubernetesResource ended = claim.awaitPhase("Completed", PATIENCE);

      assertThat(State.entries(ended, "backupDetails"))
          .hasSize(MEMBERS)
          .allMatch(entry -> "Completed".equals(entry.get("phase")));
      assertThat(deaf.all()).as("what Responsive said when it was False").isEmpty();
      assertThat(opened(hub))
          .as("openings that Crossplane counted")
          .allMatch(one -> one.endsWith(" 0"));
    }
  }

  private static Stream<String> deafness(GenericKubernetesResource claim) {
    return State.is(claim, "Responsive", "False")
        ? Stream.of(State.message(claim, "Responsive"))
        : Stream.empty();
  }

  /** Crossplane's own count, one line for each controller that has opened a breaker. */
  private static List<String> opened(Hub hub) {
    String pod =
        hub.client()
            .pods()
            .inNamespace(Hub.CROSSPLANE)
            .withLabel("app", "crossplane")
            .list()
            .getItems()
            .getFirst()
            .getMetadata()
            .getName();
    String metrics =
        hub.client()
            .raw("/api/v1/namespaces/" + Hub.CROSSPLANE + "/pods/" + pod + ":8080/proxy/metrics");
    metrics.lines().filter(line -> line.startsWith("circuit_breaker")).forEach(System.out::println);
    return metrics.lines().filter(line -> line.startsWith("circuit_breaker_opens_total")).toList();
  }

  private static String members() {
    return IntStream.range(0, MEMBERS)
        .mapToObj(
            number ->
                new Registration(
                        "member-%02d".formatted(number), "large", "kubeconfig", NAMESPACE, "")
                    .text())
        .collect(Collectors.joining("---\n"));
  }

  private static String claim() {
    return """
    apiVersion: backup.kurator.dev/v1alpha1
    kind: Backup
    metadata: {namespace: %s, name: fleet}
    spec:
      storage:
        location: {provider: aws, bucket: backups, s3Url: http://s3.example.com:7070}
        credentials: bucket-credentials
      destination: {fleet: large}
    """
        .formatted(NAMESPACE);
  }
}
