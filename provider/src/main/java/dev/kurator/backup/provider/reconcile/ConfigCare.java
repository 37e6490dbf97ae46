package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ProviderConfigStatus;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import dev.kurator.backup.provider.reconcile.ConfigUsers.ConfigUser;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps a registration until its last user is gone, and writes how many there are. */
final class ConfigCare {

  /** Finalizer of every provider config. */
  static final String FINALIZER = "velero.m.kurator.dev/in-use";

  /**
   * Shortest time between two writes of what nobody waits for: another number of users, or who else
   * names the cluster. Crossplane watches registrations, so each write makes every claim of the
   * fleet reconcile.
   */
  static final Duration RARELY = Duration.ofMinutes(10);

  /** The same while a registration is being deleted, since somebody waits for its users to go. */
  static final Duration DELETING = Duration.ofSeconds(30);

  private static final int NAMED = 3;

  private final ConfigUsers users;
  private final Clusters clusters;
  private final Events events;
  private final HubLeases leases;
  private final Clock clock;

  /** When each was written last, or first looked at by this process. */
  private final Map<ProviderConfigKey, Instant> written = new ConcurrentHashMap<>();

  ConfigCare(ConfigUsers users, Clusters clusters, HubLeases leases, Events events, Clock clock) {
    this.users = users;
    this.clusters = clusters;
    this.events = events;
    this.leases = leases;
    this.clock = clock;
  }

  /** Writes the number of users, and what is wrong with the registration itself. */
  <C extends CustomResource<?, ProviderConfigStatus>> UpdateControl<C> reconcile(
      C config, Registration registration, Context<C> context) {
    Set<ConfigUser> found = users.of(registration.key());
    Duration left =
        write(context, config, registration, found, RARELY, List.of(ready(registration)));
    return left.isZero()
        ? UpdateControl.noUpdate()
        : UpdateControl.<C>noUpdate().rescheduleAfter(left);
  }

  private Mark ready(Registration registration) {
    return registration
        .problem()
        .map(Mark::unavailable)
        .or(() -> leases.otherHubProblem(registration).map(Mark::otherHub))
        .orElseGet(() -> Mark.available(sameCluster(clusters.besides(registration.key()))));
  }

  private static @Nullable String sameCluster(Set<ProviderConfigKey> others) {
    return others.isEmpty()
        ? null
        : others.stream()
            .map(ProviderConfigKey::toString)
            .sorted()
            .limit(NAMED)
            .collect(Collectors.joining(", ", "names the same cluster as ", ""));
  }

  /** Lets go of a registration that is being deleted once nobody uses it. */
  <C extends CustomResource<?, ProviderConfigStatus>> DeleteControl cleanup(
      C config, Registration registration, Context<C> context) {
    ProviderConfigKey key = registration.key();
    Set<ConfigUser> found = users.of(key);
    if (found.isEmpty()) {
      written.remove(key);
      users.forget(key);
      clusters.forget(key);
      return DeleteControl.defaultDelete();
    }
    boolean known = Mark.isTrue(conditions(config), Mark.TERMINATING);
    String message = inUse(found);
    Duration left =
        write(
            context,
            config,
            registration,
            found,
            DELETING,
            List.of(Mark.deleting(message), Mark.terminating(message)));
    if (!known && left.isZero()) {
      events.warning(config, EventReason.UsageAccounting, message);
    }
    return left.isZero()
        ? DeleteControl.noFinalizerRemoval()
        : DeleteControl.noFinalizerRemoval().rescheduleAfter(left);
  }

  /** Who is in the way, and how to move them. */
  private static String inUse(Set<ConfigUser> users) {
    String first =
        users.stream()
            .sorted()
            .limit(NAMED)
            .map(ConfigUser::toString)
            .collect(Collectors.joining(", "));
    String more = users.size() > NAMED ? " and " + (users.size() - NAMED) + " more" : "";
    return "in use by "
        + first
        + more
        + ", which go on working; it goes when they are gone: delete the claims they were made for,"
        + " or take the labels off that select this member for scheduled backups";
  }

  /**
   * Writes what is new: at once where a condition changed, where the first user came or the last
   * one went and where the spec was edited; anything else after its interval.
   *
   * @param interval shortest time between two writes of anything else
   * @return how long it must wait still, zero where it is written
   */
  private <C extends CustomResource<?, ProviderConfigStatus>> Duration write(
      Context<C> context,
      C config,
      Registration registration,
      Set<ConfigUser> found,
      Duration interval,
      List<Mark> marks) {
    Instant now = clock.instant();
    List<Condition> after =
        Mark.apply(
            conditions(config),
            recovered(config, marks),
            config.getMetadata().getGeneration(),
            now);
    ProviderConfigKey key = registration.key();
    ProviderConfigStatus status =
        new ProviderConfigStatus((long) found.size(), leases.otherHub(registration), after);
    if (status.equals(config.getStatus())) {
      return Duration.ZERO;
    }
    // a provider that has just started waits too, or its start would wake every claim
    Instant last = written.computeIfAbsent(key, unknown -> now);
    Duration left = Duration.between(now, last.plus(interval));
    if (left.isPositive() && !urgent(config.getStatus(), status)) {
      return left;
    }
    Statuses.write(context, config, status, marks);
    written.put(key, now);
    return Duration.ZERO;
  }

  /** A registration has the condition Synced only once something went wrong that nobody foresaw. */
  private static List<Mark> recovered(
      CustomResource<?, ProviderConfigStatus> config, List<Mark> marks) {
    return Mark.find(conditions(config), Condition.SYNCED) == null
        ? marks
        : Stream.concat(marks.stream(), Stream.of(Mark.synced())).toList();
  }

  private static boolean urgent(
      @Nullable ProviderConfigStatus before, ProviderConfigStatus status) {
    return before == null
        || isUsed(before) != isUsed(status)
        || !Objects.equals(before.otherHub(), status.otherHub())
        || !withoutMessages(before.conditions()).equals(withoutMessages(status.conditions()));
  }

  private static boolean isUsed(ProviderConfigStatus status) {
    return status.users() != null && status.users() > 0;
  }

  private static List<Condition> withoutMessages(List<Condition> conditions) {
    return conditions.stream()
        .map(
            one ->
                new Condition(
                    one.type(),
                    one.status(),
                    one.lastTransitionTime(),
                    one.reason(),
                    null,
                    one.observedGeneration()))
        .toList();
  }

  private static List<Condition> conditions(CustomResource<?, ProviderConfigStatus> config) {
    return config.getStatus() == null ? List.of() : config.getStatus().conditions();
  }
}
