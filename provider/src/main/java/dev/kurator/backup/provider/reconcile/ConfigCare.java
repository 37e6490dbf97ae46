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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps a registration until its last user is gone, and tells how many there are. */
final class ConfigCare {

  /** Finalizer of every provider config. */
  static final String FINALIZER = "velero.m.kurator.dev/in-use";

  /** A claim brings or takes hundreds of users in a moment: one write for all that follow. */
  static final Duration PACE = Duration.ofSeconds(5);

  private static final int NAMED = 3;

  private final ConfigUsers users;
  private final Clusters clusters;
  private final Events events;
  private final Clock clock;
  private final Map<ProviderConfigKey, Instant> next = new ConcurrentHashMap<>();

  ConfigCare(ConfigUsers users, Clusters clusters, Events events, Clock clock) {
    this.users = users;
    this.clusters = clusters;
    this.events = events;
    this.clock = clock;
  }

  /** Tells the number of users, and what is wrong with the registration itself. */
  <C extends CustomResource<?, ProviderConfigStatus>> UpdateControl<C> reconcile(
      C config, Registration registration, Context<C> context) {
    Set<ConfigUser> found = users.of(registration.key());
    Duration left =
        write(context, config, registration.key(), found.size(), List.of(ready(registration)));
    return left.isZero()
        ? UpdateControl.noUpdate()
        : UpdateControl.<C>noUpdate().rescheduleAfter(left);
  }

  private Mark ready(Registration registration) {
    return registration
        .problem()
        .map(Mark::unavailable)
        .orElseGet(() -> Mark.available(company(clusters.besides(registration.key()))));
  }

  private static @Nullable String company(Set<ProviderConfigKey> others) {
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
      next.remove(key);
      clusters.forget(key);
      return DeleteControl.defaultDelete();
    }
    boolean known = Mark.isTrue(conditions(config), Mark.TERMINATING);
    String message = inUse(found);
    Duration left =
        write(
            context,
            config,
            key,
            found.size(),
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
   * Writes what is new: at once where a condition changed, the number of users no more often than
   * the pace allows.
   *
   * @return how long it must wait still, zero where it is written
   */
  private <C extends CustomResource<?, ProviderConfigStatus>> Duration write(
      Context<C> context, C config, ProviderConfigKey key, int count, List<Mark> marks) {
    Instant now = clock.instant();
    Long generation = config.getMetadata().getGeneration();
    List<Condition> before = conditions(config);
    List<Condition> after = Mark.apply(before, marks, generation, now);
    Instant due = next.getOrDefault(key, now);
    if (due.isAfter(now) && sameStatuses(before, after)) {
      return Duration.between(now, due);
    }
    if (Statuses.write(context, config, new ProviderConfigStatus((long) count, after), marks)) {
      next.put(key, now.plus(PACE));
    }
    return Duration.ZERO;
  }

  private static boolean sameStatuses(List<Condition> before, List<Condition> after) {
    return statuses(before).equals(statuses(after));
  }

  private static Map<String, String> statuses(List<Condition> conditions) {
    return conditions.stream().collect(Collectors.toMap(Condition::type, Condition::status));
  }

  private static List<Condition> conditions(CustomResource<?, ProviderConfigStatus> config) {
    return config.getStatus() == null ? List.of() : config.getStatus().conditions();
  }
}
