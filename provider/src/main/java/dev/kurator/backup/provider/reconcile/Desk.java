package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.member.Members;
import dev.kurator.backup.provider.reconcile.ClaimBudget.Word;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;

/**
 * What every reconciler works with.
 *
 * @param hubId the chosen identity of the hub
 */
record Desk(
    String hubId,
    Members members,
    Targets targets,
    Uses uses,
    SecretWatches secrets,
    Triggers triggers,
    Releases releases,
    Events events,
    States states,
    Budgets budgets,
    Endings endings) {

  /**
   * Writes a status that is news, if its claim's budget allows it now. If not, the resource is
   * woken when it does, and tells what there is to tell by then.
   *
   * @param word how urgent it is
   * @param marks what of it is news, for the log
   * @return the resource as it is now, empty where nothing was written
   */
  <S, R extends CustomResource<?, S>> Optional<R> tell(
      Context<R> context, R resource, S status, Word word, List<Mark> marks) {
    User user = User.of(ManagedKind.valueOf(resource.getKind()), resource);
    if (status.equals(resource.getStatus()) || !budgets.may(user, resource, word)) {
      return Optional.empty();
    }
    budgets.wrote(resource);
    return Statuses.replaced(context, resource, status, marks);
  }

  /** The managed resource is no more. */
  void gone(User user, HasMetadata resource) {
    release(user);
    states.gone(user);
    endings.forget(resource);
    budgets.gone(user, resource);
  }

  /** The managed resource needs no member and no Secret any more: what nobody needs is closed. */
  void release(User user) {
    uses.drop(user);
    members.retainOnly(uses.members());
    secrets.keepOnly(uses.secrets());
  }
}
