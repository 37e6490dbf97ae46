package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How long a claim over many members takes Crossplane and the function, with Crossplane's default
 * flags and a provider that answers at once: {@code mvn verify -Pfigures
 * -Dit.test=LargeFleetFiguresIT}.
 */
@Tag("figures")
@ExtendWith(ClusterTier.class)
@TestInstance(Lifecycle.PER_CLASS)
class LargeFleetFiguresIT {

  private static final Duration PATIENCE = Duration.ofMinutes(12);

  private @Nullable Hub started;

  @BeforeAll
  void start() {
    started = LoneHub.start(Path.of("..").toAbsolutePath().normalize());
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 300})
  void everyMemberIsBackedUp(int members) {
    Hub hub = Objects.requireNonNull(started);
    Fleet fleet = new Fleet(hub, "team-of-" + members, members).register();
    try (PlayedProvider provider = new PlayedProvider(hub, fleet.namespace())) {
      Instant applied = Instant.now();
      Claim claim = fleet.apply("fleet", "");
      GenericKubernetesResource ended = claim.awaitPhase("Completed", PATIENCE);
      Instant completed = Instant.now();

      assertThat(State.entries(ended, "backupDetails"))
          .hasSize(members)
          .allMatch(entry -> "Completed".equals(entry.get("phase")));
      System.out.printf(
          "%d members: last backup begun after %s, Completed after %s%n",
          members,
          Duration.between(applied, provider.lastBegun()),
          Duration.between(applied, completed));
      new CrossplaneMetrics(hub).circuitBreakers().forEach(System.out::println);
    }
  }
}
