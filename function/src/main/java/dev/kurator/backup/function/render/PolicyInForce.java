package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroScheduleSpec;
import dev.kurator.backup.function.plan.Operation;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What deleting a claim now would do to backup data. Its managed resources decide that, not the
 * claim: an edit counts once it has arrived on all of them.
 */
final class PolicyInForce {

  private PolicyInForce() {}

  /**
   * The policy of all that decides about data.
   *
   * @param observed as the managed resources are: one that says Delete deletes until it is seen to
   *     say something else
   * @param rendered as they are told to be: one that is told Delete deletes before that is seen
   * @param claimDeletes whether the claim says Delete: what is made next would say it too
   * @return Retain when all say so, Delete when any does not, null when there is none and the claim
   *     says Delete
   */
  static @Nullable DeletionPolicy of(
      Observed observed, Collection<Composed> rendered, boolean claimDeletes) {
    if (observed.deletesData() || rendered.stream().anyMatch(PolicyInForce::deletes)) {
      return DeletionPolicy.Delete;
    }
    // Retain from the first call on: Crossplane notes a resource a moment before it writes the
    // status
    return !claimDeletes
            || observed.decidesAboutData()
            || rendered.stream().anyMatch(one -> policy(one).isPresent())
        ? DeletionPolicy.Retain
        : null;
  }

  /** Whether operations of that kind have a deletionPolicy. */
  static boolean isOn(Operation operation) {
    return switch (operation.kind()) {
      case Backup, Schedule -> true;
      case Restore -> false;
    };
  }

  private static boolean deletes(Composed composed) {
    return policy(composed).filter(one -> one == DeletionPolicy.Delete).isPresent();
  }

  private static Optional<DeletionPolicy> policy(Composed composed) {
    return switch (composed.spec()) {
      case VeleroBackupSpec backup -> orDefault(backup.forProvider().deletionPolicy());
      case VeleroScheduleSpec schedule -> orDefault(schedule.forProvider().deletionPolicy());
      default -> Optional.empty();
    };
  }

  private static Optional<DeletionPolicy> orDefault(@Nullable DeletionPolicy policy) {
    return Optional.of(policy == null ? DeletionPolicy.Retain : policy);
  }
}
