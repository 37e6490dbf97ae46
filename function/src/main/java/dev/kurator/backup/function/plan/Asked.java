package dev.kurator.backup.function.plan;

/** What a claim asks for, which even an invalid one tells. */
public enum Asked {
  /** Backups, once. */
  Backup,
  /** Backups, again and again. */
  Schedule,
  /** What Backups have taken, back. */
  Restore,
  /** What one member has, on others too. */
  Migrate;

  /** Whether operations of that kind are part of it. */
  boolean takes(Operation.Kind kind) {
    return switch (this) {
      case Backup -> kind == Operation.Kind.Backup;
      case Schedule -> kind == Operation.Kind.Schedule;
      case Restore -> kind == Operation.Kind.Restore;
      case Migrate -> kind == Operation.Kind.Backup || kind == Operation.Kind.Restore;
    };
  }
}
