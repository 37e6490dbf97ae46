package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.managed.ProviderConfigReference;

/**
 * A managed resource that is on the hub and whose spec cannot be read: it stays as it is, but for
 * its deletionPolicy, which becomes Retain where the claim does not say Delete.
 *
 * @param name its name on the hub
 * @param reason what cannot be read, for people
 * @param registration how its member is registered, as far as that can be read
 * @param deletesData whether it has a deletionPolicy other than Retain
 */
public record Unreadable(
    String name, String reason, ProviderConfigReference.Kind registration, boolean deletesData) {}
