package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.managed.SharedPassword;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import java.util.List;
import java.util.Optional;

/**
 * Whether targets can read what the source writes, as far as their VeleroInstalls tell: before the
 * backup for all of them, after it for each.
 *
 * @param existing what is on the hub
 * @param source the member that is migrated
 */
record MigrateGate(Existing existing, String source) {

  /** What keeps the backup from beginning, if anything. */
  Optional<Obstacle> closed(List<Operation> restores) {
    List<String> same =
        restores.stream().filter(this::isSource).map(Operation::member).sorted().toList();
    if (!same.isEmpty()) {
      return Optional.of(
          new Obstacle(
              Reason.TargetIsSource,
              "it is itself the cluster behind "
                  + String.join(", ", Shortlist.of(same))
                  + ", and nothing is migrated to where it is"));
    }
    List<String> different =
        restores.stream().filter(this::isDifferent).map(Operation::member).sorted().toList();
    return different.isEmpty()
        ? Optional.empty()
        : Optional.of(
            mismatch(
                String.join(", ", Shortlist.of(different)), "which could not read its volumes"));
  }

  /** What keeps one restore from beginning, if anything. */
  Optional<Obstacle> closed(Operation restore) {
    return isDifferent(restore)
        ? Optional.of(mismatch(source, "whose volumes it could not read"))
        : Optional.empty();
  }

  /**
   * What is still awaited before the backup may begin, if anything.
   *
   * @param usable the restores whose members can be used
   */
  Optional<String> awaited(List<Operation> usable) {
    if (usable.isEmpty()) {
      return Optional.of("none of the targets can be used now");
    }
    List<String> silent =
        usable.stream()
            .filter(restore -> !hasTold(restore))
            .map(Operation::member)
            .sorted()
            .toList();
    return silent.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "not known yet whether its repository password is also that of "
                + String.join(", ", Shortlist.of(silent)));
  }

  /** Whether the target has said anything about its password, and be it that nobody knows. */
  boolean hasTold(Operation restore) {
    return password(restore).isPresent();
  }

  /** Whether the target is the source's own cluster, registered under another name. */
  boolean isSource(Operation restore) {
    String identity = existing.identities().get(source);
    return identity != null && identity.equals(existing.identities().get(restore.member()));
  }

  private boolean isDifferent(Operation restore) {
    return password(restore).filter(SharedPassword.Different::equals).isPresent();
  }

  private Optional<SharedPassword> password(Operation restore) {
    return existing.ways().getOrDefault(new Site(restore.member(), source), Optional.empty());
  }

  private static Obstacle mismatch(String others, String consequence) {
    return new Obstacle(
        Reason.PasswordMismatch,
        "its repository password is not that of "
            + others
            + ", "
            + consequence
            + "; let velero.repositoryPasswordSecretRef of their provider configs name Secrets of"
            + " the same content");
  }
}
