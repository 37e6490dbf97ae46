package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Deletes the claims of a class when it is done, and what they restored; waits for nothing. A claim
 * at rest is looked at once a minute, its locations are read as often, and a pod is never for free:
 * together they took a quarter of the machine from the classes that came later.
 */
final class Leavings implements AfterAllCallback {

  private static final List<Kind> CLAIMS = List.of(Kind.BACKUP, Kind.RESTORE, Kind.MIGRATE);

  /** All of a class runs in one thread. */
  private static final ThreadLocal<Set<String>> NAMESPACES = ThreadLocal.withInitial(HashSet::new);

  /** The class that runs has claims in this namespace, and no other class has. */
  static void in(String namespace) {
    NAMESPACES.get().add(namespace);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    for (String namespace : NAMESPACES.get()) {
      for (Kind kind : CLAIMS) {
        var claims = kind.on(Bed.shared().hub().client()).inNamespace(namespace);
        claims.list().getItems().forEach(Leavings::leave);
        claims.delete();
      }
    }
    NAMESPACES.remove();
  }

  private static void leave(GenericKubernetesResource claim) {
    for (Member member : List.of(Bed.shared().paris(), Bed.shared().berlin())) {
      targets(claim.get("spec"))
          .forEach(namespace -> member.client().namespaces().withName(namespace).delete());
    }
  }

  /** The namespaces onto which others are mapped, wherever in a spec. */
  private static Stream<String> targets(@Nullable Object spec) {
    return switch (spec) {
      case Map<?, ?> fields ->
          fields.entrySet().stream()
              .flatMap(
                  field ->
                      field.getKey().equals("namespaceMapping")
                              && field.getValue() instanceof Map<?, ?> mapping
                          ? mapping.values().stream().map(String::valueOf)
                          : targets(field.getValue()));
      case Collection<?> entries -> entries.stream().flatMap(Leavings::targets);
      case null, default -> Stream.empty();
    };
  }
}
