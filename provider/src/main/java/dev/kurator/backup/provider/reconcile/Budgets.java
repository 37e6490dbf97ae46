package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.reconcile.ClaimBudget.Allowance;
import dev.kurator.backup.provider.reconcile.ClaimBudget.Word;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The budgets of all claims; what belongs to none, written by hand, never waits. */
final class Budgets {

  private static final Logger log = LoggerFactory.getLogger(Budgets.class);

  /** One that is older when it is first seen did not cost anything just now. */
  private static final Duration NEW = Duration.ofSeconds(30);

  private final Allowance allowance;
  private final Clock clock;
  private final Map<String, ClaimBudget<User>> budgets = new ConcurrentHashMap<>();

  Budgets(Allowance allowance, Clock clock) {
    this.allowance = allowance;
    this.clock = clock;
  }

  /** A managed resource came into sight. */
  void seen(User user, HasMetadata resource) {
    Instant now = clock.instant();
    boolean older =
        Instant.parse(resource.getMetadata().getCreationTimestamp()).plus(NEW).isBefore(now);
    Optional<User> install =
        Links.installOf(resource).map(id -> new User(ManagedKind.VeleroInstall, id));
    Links.claimOf(resource)
        .map(uid -> budgets.computeIfAbsent(uid, _ -> new ClaimBudget<>(allowance, now)))
        .ifPresent(
            budget -> {
              synchronized (budget) {
                if (older) {
                  budget.found(user, install);
                } else {
                  budget.created(user, install, now);
                }
              }
            });
  }

  /** A managed resource was updated. */
  void wrote(HasMetadata resource) {
    of(resource)
        .ifPresent(
            budget -> {
              synchronized (budget) {
                budget.updated(clock.instant());
              }
            });
  }

  /** Whether a status may be written now; if not, its resource is woken when it may. */
  boolean may(User user, HasMetadata resource, Word word) {
    // Crossplane does not count what is being deleted.
    if (resource.isMarkedForDeletion()) {
      return true;
    }
    return of(resource)
        .map(
            budget -> {
              synchronized (budget) {
                return budget.may(user, word, clock.instant());
              }
            })
        .orElse(true);
  }

  /** A managed resource is no more. */
  void gone(User user, HasMetadata resource) {
    Links.claimOf(resource)
        .ifPresent(
            uid ->
                budgets.computeIfPresent(
                    uid,
                    (_, budget) -> {
                      synchronized (budget) {
                        budget.gone(user);
                        return budget.over() ? null : budget;
                      }
                    }));
  }

  /** Wakes those whose turn has come; to be called every second or so. */
  void tick(Consumer<User> wake) {
    for (ClaimBudget<User> budget : budgets.values()) {
      List<User> due;
      synchronized (budget) {
        due = new ArrayList<>(budget.due(clock.instant()));
      }
      due.forEach(user -> attempt(wake, user));
    }
  }

  /** An exception would end the ticking, and with it every large claim's turns. */
  private static void attempt(Consumer<User> wake, User user) {
    try {
      wake.accept(user);
    } catch (RuntimeException e) {
      log.warn("cannot wake {}", user, e);
    }
  }

  private Optional<ClaimBudget<User>> of(HasMetadata resource) {
    return Links.claimOf(resource).map(budgets::get);
  }
}
