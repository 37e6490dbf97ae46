package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.syntax.NamespaceGlob;
import java.util.List;

/**
 * A registered cluster, as its provider config describes it.
 *
 * @param kind the provider config's kind
 * @param name the provider config's name
 * @param allowedNamespaces names or globs of the namespaces whose claims may use a
 *     ClusterProviderConfig
 * @param deleted whether the provider config is being deleted
 */
public record Member(
    ProviderConfigReference.Kind kind,
    String name,
    List<String> allowedNamespaces,
    boolean deleted) {

  /** Copies the list. */
  public Member {
    allowedNamespaces = Absent.orEmpty(allowedNamespaces);
  }

  /** Whether claims of that namespace may use this member; its own namespace's always may. */
  public boolean allows(String namespace) {
    return kind == ProviderConfigReference.Kind.ProviderConfig
        || NamespaceGlob.any(allowedNamespaces, namespace);
  }
}
