package dev.kurator.backup.function.render;

import dev.kurator.backup.function.plan.Operation;
import java.util.Optional;

/**
 * Names of our resources within the composition: {@code install@paris}, {@code backup:db@paris},
 * {@code schedule:db@paris}.
 */
public final class Keys {

  private static final String INSTALL = "install@";

  private Keys() {}

  /** Key of a member's VeleroInstall. */
  public static String install(String member) {
    return INSTALL + member;
  }

  /** Key of an operation's managed resource. */
  public static String operation(Operation operation) {
    return prefix(operation.kind()) + operation.policy() + "@" + operation.member();
  }

  /** The member, if the key is a VeleroInstall's. */
  public static Optional<String> member(String key) {
    return key.startsWith(INSTALL)
        ? Optional.of(key.substring(INSTALL.length()))
        : Optional.empty();
  }

  /** The operation, if the key is one's. */
  public static Optional<Operation> operation(String key) {
    int at = key.indexOf('@');
    for (Operation.Kind kind : Operation.Kind.values()) {
      String prefix = prefix(kind);
      if (key.startsWith(prefix) && at > 0) {
        return Optional.of(
            new Operation(kind, key.substring(at + 1), key.substring(prefix.length(), at)));
      }
    }
    return Optional.empty();
  }

  /** The kind of managed resource that does such operations. */
  public static String resource(Operation.Kind kind) {
    return switch (kind) {
      case Backup -> "VeleroBackup";
      case Schedule -> "VeleroSchedule";
    };
  }

  private static String prefix(Operation.Kind kind) {
    return switch (kind) {
      case Backup -> "backup:";
      case Schedule -> "schedule:";
    };
  }
}
