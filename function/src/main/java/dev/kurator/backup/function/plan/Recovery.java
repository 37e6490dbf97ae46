package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.RestorePolicy;
import dev.kurator.backup.function.claim.ClaimId;
import org.jspecify.annotations.Nullable;

/**
 * What one restore is to bring back.
 *
 * @param backup the claim whose backups they are
 * @param run Velero's name of the one backup that is wanted; null for the newest of the policy
 * @param partial whether a PartiallyFailed backup will do
 * @param policy what of it to restore and how, as the user wrote it
 * @param hash of all that decides what comes back
 * @param startDeadline Go duration
 */
public record Recovery(
    ClaimId backup,
    @Nullable String run,
    boolean partial,
    RestorePolicy policy,
    String hash,
    String startDeadline) {}
