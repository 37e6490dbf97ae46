package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.reconcile.ClaimBudget.Allowance;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How this provider runs.
 *
 * @param hubId chosen identity of the hub; engines and locations on members carry it
 * @param poll longest time between two looks at a managed resource: the net under the watches
 * @param calm for how long nothing is told of what most likely passes at once, since every update
 *     of an operation is one of its claim
 * @param maxReconcileRate starts of reconciles of managed resources per second, over all kinds
 * @param allowance what Crossplane lets a claim and its resources do
 * @param leaseNamespace where replicas elect their leader, null for a single replica
 */
public record Settings(
    String hubId,
    Duration poll,
    Duration calm,
    int maxReconcileRate,
    Allowance allowance,
    @Nullable String leaseNamespace) {

  /** A calm in which Velero begins what it was given, and a new install becomes ready. */
  public static final Duration CALM = Duration.ofSeconds(5);
}
