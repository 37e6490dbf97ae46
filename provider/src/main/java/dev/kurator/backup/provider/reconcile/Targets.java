package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroInstall;
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

  private final Function<ProviderConfigKey, Optional<Registration>> configs;
  private final SecretSource secrets;
  private final Members members;
  private final Clusters clusters;
  private final Uses uses;
  private final HubLeases leases;

  /**
   * Works on what it is given.
   *
   * @param clusters told which cluster a member turns out to be
   * @param leases say whether this hub may work on the member
   */
  Targets(
      Function<ProviderConfigKey, Optional<Registration>> configs,
      SecretSource secrets,
      Members members,
      Clusters clusters,
      Uses uses,
      HubLeases leases) {
    this.configs = configs;
    this.secrets = secrets;
    this.members = members;
    this.clusters = clusters;
    this.uses = uses;
    this.leases = leases;
  }

  /** The registration that a VeleroInstall names. */
  static ProviderConfigKey key(VeleroInstall install) {
    return key(install.getMetadata().getNamespace(), install.getSpec().providerConfigRef());
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
    Optional<Registration> found = configs.apply(key);
    Optional<Registration> usable =
        found.filter(one -> one.allows(namespace) && one.problem().isEmpty());
    use(user, key, usable, wanted, objects);
    if (usable.isEmpty()) {
      return new Target.Refused(refusal(key, found, namespace));
    }
    return connect(usable.get(), Optional.empty());
  }

  /**
   * The same for one that is being deleted and only takes its share off the member: it may do so
   * also where its namespace is not allowed any more, and with the last credentials where nobody
   * has any.
   *
   * @param objects objects on the member, as {@code Kind/name}
   * @param namespace Velero's on the member as it was when the member was seen: used where the
   *     registration's own cannot be read
   */
  Target resolveForDeletion(
      User user,
      ProviderConfigReference reference,
      Set<String> objects,
      Optional<String> namespace) {
    ProviderConfigKey key = key(user.id().getNamespace().orElse(""), reference);
    Optional<Registration> found = configs.apply(key);
    Optional<Registration> usable = found.filter(one -> one.problemOfDeletion(namespace).isEmpty());
    use(user, key, usable, Set.of(), objects);
    if (usable.isEmpty()) {
      return new Target.Refused(
          found.flatMap(one -> one.problemOfDeletion(namespace)).orElseGet(() -> unknown(key)));
    }
    return connect(usable.get().withRecordedNamespace(namespace), members.known(key));
  }

  /**
   * Whether nobody has credentials for a member any more, and this process never had any: then
   * nothing can be taken off it.
   */
  boolean withoutCredentials(String namespace, ProviderConfigReference reference) {
    ProviderConfigKey key = key(namespace, reference);
    return members.known(key).isEmpty()
        && configs
            .apply(key)
            .map(
                one ->
                    secrets.read(one.kubeconfig(), one.kubeconfigKey())
                        instanceof SecretValue.Missing)
            .orElse(true);
  }

  private void use(
      User user,
      ProviderConfigKey key,
      Optional<Registration> usable,
      Set<SecretName> wanted,
      Set<String> objects) {
    Set<SecretName> all = new HashSet<>(wanted);
    usable.map(Registration::kubeconfig).ifPresent(all::add);
    usable.flatMap(Registration::password).ifPresent(all::add);
    uses.put(user, Uses.Use.of(key, all, objects));
  }

  private static String unknown(ProviderConfigKey key) {
    return key + " does not exist; create it to register the cluster";
  }

  private static String refusal(
      ProviderConfigKey key, Optional<Registration> found, String namespace) {
    if (found.isEmpty()) {
      return unknown(key);
    }
    return found.get().mayAllow(namespace)
        ? found.get().problem().orElse("")
        : key + " does not allow namespace " + namespace + "; add it to spec.allowedNamespaces";
  }

  /**
   * Connects.
   *
   * @param last the member with its last credentials, used where there is no Secret any more
   */
  private Target connect(Registration registration, Optional<Member> last) {
    ProviderConfigKey key = registration.key();
    SecretName name = registration.kubeconfig();
    return switch (secrets.read(name, registration.kubeconfigKey())) {
      case SecretValue.Missing missing ->
          last.map(member -> reach(registration, member))
              .orElseGet(() -> new Target.Refused(key + ": " + missing.problem()));
      case SecretValue.Present present ->
          switch (members.member(key, present.bytes())) {
            case Admission.Refused refused ->
                new Target.Refused(
                    "%s: key %s of Secret %s is refused: %s"
                        .formatted(key, registration.kubeconfigKey(), name, refused.reason()));
            case Admission.Admitted admitted -> reach(registration, admitted.member());
          };
    };
  }

  private Target reach(Registration registration, Member member) {
    String name = registration.key().name();
    return switch (member.link()) {
      case Link.Connecting connecting -> new Target.Connecting(name);
      case Link.Unreachable unreachable ->
          new Target.Unreachable("cluster " + name + " is unreachable: " + unreachable.reason());
      case Link.Reachable reachable -> {
        clusters.note(registration.key(), reachable.identity());
        yield leases.target(registration, member, reachable);
      }
    };
  }
}
