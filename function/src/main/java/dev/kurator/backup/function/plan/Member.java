package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.syntax.NamespaceGlob;
import java.util.List;

/**
 * A registered cluster, as its provider config describes it.
 *
 * @param name the provider config's name
 * @param allowedNamespaces names or globs of the namespaces whose claims may use it
 */
public record Member(String name, List<String> allowedNamespaces) {

  /** Copies the list. */
  public Member {
    allowedNamespaces = Absent.orEmpty(allowedNamespaces);
  }

  /** Whether claims of that namespace may use this member. */
  public boolean allows(String namespace) {
    return NamespaceGlob.any(allowedNamespaces, namespace);
  }
}
