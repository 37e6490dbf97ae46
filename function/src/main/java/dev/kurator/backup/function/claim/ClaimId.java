package dev.kurator.backup.function.claim;

/**
 * Which claim this is: all names on hub and members come from here.
 *
 * @param kind the claim's kind
 * @param namespace the claim's namespace
 * @param name the claim's name
 * @param uid the claim's UID on its hub, empty where it has never been on one
 */
public record ClaimId(String kind, String namespace, String name, String uid) {}
