package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.function.claim.MigrateIntent;
import dev.kurator.backup.function.claim.Selection;
import java.util.Optional;

/**
 * The members of a Migrate: how each is registered, what keeps it from being used, and its way to
 * the source's backups.
 *
 * @param situation all that is known
 * @param intent the claim
 * @param destinations whom it selects
 */
record MigrateMembers(Situation situation, MigrateIntent intent, Destinations destinations) {

  boolean areListed() {
    return destinations.isListed(intent.source()) && targetsAreListed();
  }

  boolean targetsAreListed() {
    return destinations.isListed(intent.targets());
  }

  /** What keeps an operation's member from being used, if anything. */
  Optional<Obstacle> obstacle(Operation operation) {
    boolean source = operation.kind() == Operation.Kind.Backup;
    Selection selection = source ? intent.source() : intent.targets();
    return destinations.obstacle(
        selection,
        source ? MigrateParties.SOURCE : MigrateParties.TARGETS,
        operation.member(),
        situation.claim().namespace());
  }

  /** An operation's way to what the source's backup writes. */
  Way way(Operation operation, Operation backup) {
    Site site = new Site(operation.member(), backup.member());
    return new Way(
        site,
        intent.storage(),
        situation.claim().namespace(),
        reference(site.member()),
        site.isOwn() ? null : reference(site.source()));
  }

  private ProviderConfigReference reference(String member) {
    return new ProviderConfigReference(registration(member), member);
  }

  /** Nobody may be registered under that name any more; then any kind says so. */
  ProviderConfigReference.Kind registration(String member) {
    return Optional.ofNullable(situation.existing().members().get(member))
        .or(() -> destinations.member(intent.source(), member).map(Member::kind))
        .or(() -> destinations.member(intent.targets(), member).map(Member::kind))
        .orElse(ProviderConfigReference.Kind.ClusterProviderConfig);
  }
}
