package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Claims over so many members that Crossplane's circuit breaker opens: it drops what happens to
 * them, a user's edit too, and the function's ttl has to carry them through. The provider is
 * played, Crossplane and the function are real.
 */
@ExtendWith(ClusterTier.class)
@Isolated
@Order(6)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class LargeFleetIT {

  private static final int MEMBERS = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /**
   * At rest nothing but this opens a breaker; Crossplane's own default is an hour. The first one
   * comes after twice the time. Longer than what an edit may take, which the next one would carry.
   */
  private static final String RESYNC = "--sync-interval=70s";

  /** Over before the next resync, so that this opens it anew; Crossplane's default is 5 minutes. */
  private static final String COOLDOWN = "--circuit-breaker-cooldown=30s";

  /** How soon an edit arrives in a claim at work or scheduled (rule 9). */
  private static final Duration EDIT = Duration.ofSeconds(30);

  /** How soon an edit arrives in any claim whose deletionPolicy is Delete. */
  private static final Duration EDIT_OF_DELETE = Duration.ofSeconds(60);

  private @Nullable Fleet fleet;
  private @Nullable PlayedProvider provider;

  @BeforeAll
  void start() {
    Hub hub = LoneHub.start(Path.of("..").toAbsolutePath().normalize(), RESYNC, COOLDOWN);
    fleet = new Fleet(hub, "team-fleet", MEMBERS).register();
    provider = new PlayedProvider(hub, fleet.namespace());
  }

  @AfterAll
  void stop() {
    if (provider != null) {
      provider.close();
    }
  }

  @Test
  @Order(1)
  void anEditOfAClaimAtWorkArrivesThoughItsCircuitBreakerIsOpen() {
    provider().hold(true);
    Claim claim = fleet().apply("at-work", "deletionPolicy: Retain\nstartDeadline: 1m");
    claim.await(
        "all members are at work, and the circuit breaker is open",
        PATIENCE,
        seen -> all("InProgress").test(seen) && State.is(seen, "Responsive", "False"));

    Edit edit = Edit.of(fleet().hub(), claim, "{\"spec\": {\"deletionPolicy\": \"Delete\"}}");

    assertThat(edit.arrived(Kind.VELERO_BACKUP, "deletionPolicy", "Delete")).isLessThan(EDIT);
    provider().hold(false);
    GenericKubernetesResource ended = claim.awaitPhase("Completed", PATIENCE);
    assertThat(State.entries(ended, "backupDetails"))
        .hasSize(MEMBERS)
        .allMatch(entry -> "Completed".equals(entry.get("phase")));
  }

  @Test
  @Order(2)
  void editsOfClaimsAtRestArriveAlsoWhenAResyncHasOpenedTheirCircuitBreakers() {
    provider().hold(false);
    Claim ended = fleet().apply("ended", "deletionPolicy: Delete");
    Claim scheduled = fleet().apply("scheduled", "schedule: 30 2 * * *");
    ended.awaitPhase("Completed", PATIENCE);
    scheduled.await("all members are scheduled", PATIENCE, all("Enabled"));
    CrossplaneMetrics metrics = new CrossplaneMetrics(fleet().hub());
    metrics.awaitOpens(metrics.opens() + 2, PATIENCE);

    Edit retain = Edit.of(fleet().hub(), ended, "{\"spec\": {\"deletionPolicy\": \"Retain\"}}");
    Edit later = Edit.of(fleet().hub(), scheduled, "{\"spec\": {\"schedule\": \"45 3 * * *\"}}");

    assertThat(later.arrived(Kind.VELERO_SCHEDULE, "schedule", "45 3 * * *")).isLessThan(EDIT);
    assertThat(retain.arrived(Kind.VELERO_BACKUP, "deletionPolicy", "Retain"))
        .isLessThan(EDIT_OF_DELETE);
  }

  private static Predicate<@Nullable GenericKubernetesResource> all(String phase) {
    return claim -> {
      List<Map<String, Object>> entries = State.entries(claim, "backupDetails");
      return entries.size() == MEMBERS
          && entries.stream().allMatch(entry -> phase.equals(entry.get("phase")));
    };
  }

  private Fleet fleet() {
    return Objects.requireNonNull(fleet);
  }

  private PlayedProvider provider() {
    return Objects.requireNonNull(provider);
  }

  /**
   * An edit of a claim whose circuit breaker is open.
   *
   * @param made when
   * @param dropped how many events Crossplane had dropped before
   */
  private record Edit(Hub hub, Claim claim, Instant made, long dropped) {

    /**
     * Makes it, right after another one that nobody needs: an open breaker lets one event through
     * in 30 s, and this must not be the one.
     */
    static Edit of(Hub hub, Claim claim, String merge) {
      long dropped = new CrossplaneMetrics(hub).dropped();
      claim.edit("{\"metadata\": {\"annotations\": {\"example.org/touched\": \"true\"}}}");
      Instant now = Instant.now();
      claim.edit(merge);
      return new Edit(hub, claim, now, dropped);
    }

    /** How long it took until all managed resources of a kind said so. */
    Duration arrived(Kind kind, String field, String value) {
      Await.untilAll(
          field + " is " + value + " on every " + kind.title(),
          PATIENCE,
          kind.on(hub.client())
              .inNamespace(claim.namespace())
              .withLabel(Claim.LABEL, claim.resource().get().getMetadata().getName()),
          found ->
              found.stream()
                  .allMatch(one -> value.equals(State.text(one, "spec", "forProvider", field))));
      Duration taken = Duration.between(made, Instant.now());
      System.out.printf("%s on every %s after %s%n", field, kind.title(), taken);
      assertThat(new CrossplaneMetrics(hub).dropped()).as("dropped events").isGreaterThan(dropped);
      return taken;
    }
  }
}
