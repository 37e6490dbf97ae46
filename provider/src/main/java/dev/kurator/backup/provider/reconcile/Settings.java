package dev.kurator.backup.provider.reconcile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How this provider runs.
 *
 * @param hubId chosen identity of the hub; engines and locations on members carry it
 * @param poll longest time between two looks at a managed resource: the net under the watches
 * @param calm for how long the first status waits for what most likely follows at once, as Velero's
 *     beginning follows the creation of its Backup; never for a condition, an end or an outcome
 * @param maxReconcileRate starts of reconciles of managed resources per second, over all kinds
 * @param leaseRenewal between two renewals of the hub's Lease on a member
 * @param ownNamespace where the provider keeps what it must remember
 * @param leaseNamespace where replicas elect their leader, null for a single replica
 */
public record Settings(
    String hubId,
    Duration poll,
    Duration calm,
    int maxReconcileRate,
    Duration leaseRenewal,
    String ownNamespace,
    @Nullable String leaseNamespace) {

  /** A calm in which Velero begins what it was given, and a new install becomes ready. */
  public static final Duration CALM = Duration.ofSeconds(5);
}
