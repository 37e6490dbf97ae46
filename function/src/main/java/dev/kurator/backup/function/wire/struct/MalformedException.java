package dev.kurator.backup.function.wire.struct;

/** Bytes that are no Struct, or a Struct that does not hold what is asked for. */
public final class MalformedException extends Exception {

  private static final long serialVersionUID = 1;

  MalformedException(String message) {
    super(message);
  }

  private MalformedException(String message, MalformedException cause) {
    super(message, cause);
  }

  /** The same, told of a field that holds it. */
  MalformedException in(String field) {
    String between = getCause() == null ? ": " : ".";
    return new MalformedException(field + between + getMessage(), this);
  }
}
