package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.SecretKeyReference;
import dev.kurator.backup.apis.syntax.NamespaceGlob;
import dev.kurator.backup.provider.member.Admission;
import dev.kurator.backup.provider.member.Link;
import dev.kurator.backup.provider.member.Member;
import dev.kurator.backup.provider.member.Members;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** From a managed resource's reference to its member. */
final class Targets {

  private final Function<String, Optional<ClusterProviderConfig>> configs;
  private final SecretSource secrets;
  private final Members members;
  private final Uses uses;

  /**
   * Works on what it is given.
   *
   * @param configs registrations by name
   */
  Targets(
      Function<String, Optional<ClusterProviderConfig>> configs,
      SecretSource secrets,
      Members members,
      Uses uses) {
    this.configs = configs;
    this.secrets = secrets;
    this.members = members;
    this.uses = uses;
  }

  /** The registration behind a reference of a managed resource in the namespace. */
  static ProviderConfigKey key(String namespace, ProviderConfigReference reference) {
    return switch (reference.kind()) {
      case ClusterProviderConfig -> new ProviderConfigKey(reference.kind(), null, reference.name());
      case ProviderConfig -> new ProviderConfigKey(reference.kind(), namespace, reference.name());
    };
  }

  /**
   * Finds the member, and from now on tells the user of every change of it, of the Secrets, and of
   * the objects.
   *
   * @param wanted other Secrets of the hub that the user depends on
   * @param objects objects on the member, as {@code Kind/name}
   */
  Target resolve(
      User user, ProviderConfigReference reference, Set<SecretName> wanted, Set<String> objects) {
    String namespace = user.id().getNamespace().orElse("");
    ProviderConfigKey key = key(namespace, reference);
    Optional<ClusterProviderConfig> config = allowed(reference, namespace);
    Set<SecretName> all = new HashSet<>(wanted);
    config.map(Targets::kubeconfig).ifPresent(all::add);
    uses.put(user, Uses.Use.of(key, all, objects));
    return config.isPresent()
        ? connect(key, config.get())
        : new Target.Refused(refusal(reference, namespace));
  }

  /** Empty where there is none, or none that this namespace may use. */
  private Optional<ClusterProviderConfig> allowed(
      ProviderConfigReference reference, String namespace) {
    return find(reference)
        .filter(config -> NamespaceGlob.any(config.getSpec().allowedNamespaces(), namespace));
  }

  private Optional<ClusterProviderConfig> find(ProviderConfigReference reference) {
    return switch (reference.kind()) {
      case ClusterProviderConfig -> configs.apply(reference.name());
      case ProviderConfig -> Optional.empty();
    };
  }

  private String refusal(ProviderConfigReference reference, String namespace) {
    String who = reference.kind() + " " + reference.name();
    if (reference.kind() == ProviderConfigReference.Kind.ProviderConfig) {
      return who + " is not supported yet; name a ClusterProviderConfig in spec.providerConfigRef";
    }
    return find(reference).isEmpty()
        ? who + " does not exist; create it to register the cluster"
        : who + " does not allow namespace " + namespace + "; add it to spec.allowedNamespaces";
  }

  private static SecretName kubeconfig(ClusterProviderConfig config) {
    SecretKeyReference reference = config.getSpec().credentials().secretRef();
    return new SecretName(reference.namespace(), reference.name());
  }

  private Target connect(ProviderConfigKey key, ClusterProviderConfig config) {
    SecretName name = kubeconfig(config);
    String who = "ClusterProviderConfig " + config.getMetadata().getName() + ": ";
    return switch (secrets.read(name, config.getSpec().credentials().secretRef().key())) {
      case SecretValue.Missing missing -> new Target.Refused(who + missing.problem());
      case SecretValue.Present present ->
          switch (members.member(key, present.bytes())) {
            case Admission.Refused refused ->
                new Target.Refused(
                    who + "kubeconfig in Secret " + name + " is refused: " + refused.reason());
            case Admission.Admitted admitted -> reach(config, admitted.member());
          };
    };
  }

  private static Target reach(ClusterProviderConfig config, Member member) {
    String name = config.getMetadata().getName();
    return switch (member.link()) {
      case Link.Connecting connecting -> new Target.Connecting(name);
      case Link.Unreachable unreachable ->
          new Target.Unreachable("cluster " + name + " is unreachable: " + unreachable.reason());
      case Link.Reachable reachable ->
          new Target.Reached(config, member, reachable.identity(), reachable.cluster());
    };
  }
}
