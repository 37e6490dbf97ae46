package dev.kurator.backup.function.claim;

/** What the user wants, checked. */
public sealed interface Intent permits BackupIntent, RestoreIntent, MigrateIntent {}
