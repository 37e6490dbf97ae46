package dev.kurator.backup.function.claim;

/**
 * Which claim this is: all names on hub and members come from here, never from UIDs.
 *
 * @param kind the claim's kind
 * @param namespace the claim's namespace
 * @param name the claim's name
 */
public record ClaimId(String kind, String namespace, String name) {}
