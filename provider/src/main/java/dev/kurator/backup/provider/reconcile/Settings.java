package dev.kurator.backup.provider.reconcile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How this provider runs.
 *
 * @param hubId chosen identity of the hub; engines and locations on members carry it
 * @param poll longest time between two looks at a managed resource: the net under the watches
 * @param maxReconcileRate starts of reconciles of managed resources per second, over all kinds
 * @param leaseNamespace where replicas elect their leader, null for a single replica
 */
public record Settings(
    String hubId, Duration poll, int maxReconcileRate, @Nullable String leaseNamespace) {}
