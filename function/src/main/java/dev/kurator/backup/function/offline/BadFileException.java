package dev.kurator.backup.function.offline;

import java.nio.file.Path;

/** A file that cannot be used. */
final class BadFileException extends Exception {

  private static final long serialVersionUID = 1;

  private final String reason;

  BadFileException(Path file, String reason) {
    super(file + ": " + reason);
    this.reason = file + ": " + reason;
  }

  String reason() {
    return reason;
  }
}
