package dev.kurator.backup.function.render;

import dev.kurator.backup.function.plan.Operation;
import dev.kurator.backup.function.plan.Site;
import java.util.Optional;

/**
 * Names of our resources within the composition: {@code install@paris}, {@code
 * install:berlin@paris}, {@code backup:db@paris}, {@code schedule:db@paris}, {@code
 * restore:db@paris}.
 */
public final class Keys {

  private static final String INSTALL = "install";

  private Keys() {}

  /** Key of a VeleroInstall. */
  public static String install(Site site) {
    return INSTALL + (site.isOwn() ? "" : ":" + site.source()) + "@" + site.member();
  }

  /** Key of an operation's managed resource. */
  public static String operation(Operation operation) {
    return prefix(operation.kind()) + operation.policy() + "@" + operation.member();
  }

  /** What a VeleroInstall opens, if the key is one's. */
  public static Optional<Site> site(String key) {
    int at = key.indexOf('@');
    String member = key.substring(at + 1);
    if (at == INSTALL.length() && key.startsWith(INSTALL)) {
      return Optional.of(Site.own(member));
    }
    return at > INSTALL.length() + 1 && key.startsWith(INSTALL + ":")
        ? Optional.of(new Site(member, key.substring(INSTALL.length() + 1, at)))
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

  private static String prefix(Operation.Kind kind) {
    return switch (kind) {
      case Backup -> "backup:";
      case Schedule -> "schedule:";
      case Restore -> "restore:";
    };
  }
}
