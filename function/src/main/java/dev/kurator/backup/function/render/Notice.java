package dev.kurator.backup.function.render;

/**
 * Something to tell the user once, as an event.
 *
 * @param warning whether it is bad news
 * @param reason in one word
 * @param message for the user
 */
public record Notice(boolean warning, String reason, String message) {}
