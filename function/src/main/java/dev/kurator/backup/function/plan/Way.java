package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.Storage;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import org.jspecify.annotations.Nullable;

/**
 * A member's way to backups: all that its VeleroInstall is made from.
 *
 * @param site whose engine, and whose backups
 * @param storage where all backups go
 * @param namespace of the claim that takes them
 * @param member how the site's member is registered
 * @param writer the member that takes them, where its repository password must be the same; null
 *     where that is not asked
 */
public record Way(
    Site site,
    Storage storage,
    String namespace,
    ProviderConfigReference member,
    @Nullable ProviderConfigReference writer) {}
