package dev.kurator.backup.function.render;

import dev.kurator.backup.function.plan.Operation;
import java.util.Optional;

/**
 * Names of our resources within the composition: {@code install@paris}, {@code backup:db@paris}.
 */
public final class Keys {

  private static final String INSTALL = "install@";
  private static final String BACKUP = "backup:";

  private Keys() {}

  /** Key of a member's VeleroInstall. */
  public static String install(String member) {
    return INSTALL + member;
  }

  /** Key of an operation's VeleroBackup. */
  public static String backup(Operation operation) {
    return BACKUP + operation.policy() + "@" + operation.member();
  }

  /** The member, if the key is a VeleroInstall's. */
  public static Optional<String> member(String key) {
    return key.startsWith(INSTALL)
        ? Optional.of(key.substring(INSTALL.length()))
        : Optional.empty();
  }

  /** The operation, if the key is a VeleroBackup's. */
  public static Optional<Operation> operation(String key) {
    int at = key.indexOf('@');
    return key.startsWith(BACKUP) && at > 0
        ? Optional.of(new Operation(key.substring(at + 1), key.substring(BACKUP.length(), at)))
        : Optional.empty();
  }
}
