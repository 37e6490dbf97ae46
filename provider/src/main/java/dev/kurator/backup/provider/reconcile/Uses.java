package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.member.ProviderConfigKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which managed resource depends on which member, Secrets and objects. */
final class Uses {

  /**
   * What one managed resource depends on.
   *
   * @param configs the registrations whose word counts, the member's among them
   * @param objects objects on the member, as {@code Kind/name}
   * @param dull whether its own object is known to have changed in nothing worth a look
   */
  record Use(
      ProviderConfigKey member,
      Set<ProviderConfigKey> configs,
      Set<SecretName> secrets,
      Set<String> objects,
      BooleanSupplier dull) {

    /** A use whose every change is worth a look. */
    static Use of(ProviderConfigKey member, Set<SecretName> secrets, Set<String> objects) {
      return new Use(member, Set.of(member), Set.copyOf(secrets), Set.copyOf(objects), () -> false);
    }

    /** The same with another test for changes that are not worth a look. */
    Use quietWhile(BooleanSupplier dull) {
      return new Use(member, configs, secrets, objects, dull);
    }

    private Use with(Set<String> objects) {
      return new Use(member, configs, secrets, Set.copyOf(objects), () -> false);
    }

    private Use and(ProviderConfigKey config, Set<SecretName> more) {
      return new Use(member, union(configs, Set.of(config)), union(secrets, more), objects, dull);
    }

    private static <T> Set<T> union(Set<T> some, Set<T> more) {
      return Stream.concat(some.stream(), more.stream()).collect(Collectors.toUnmodifiableSet());
    }
  }

  private final Map<User, Use> uses = new ConcurrentHashMap<>();

  /** Replaces what a managed resource depends on. */
  void put(User user, Use use) {
    uses.put(user, use);
  }

  /** Changes of the user's object are not worth a look while the test says so. */
  void quiet(User user, BooleanSupplier dull) {
    uses.computeIfPresent(user, (key, use) -> use.quietWhile(dull));
  }

  /** Other objects of the member are the user's from now on. */
  void objects(User user, Set<String> objects) {
    uses.computeIfPresent(user, (key, use) -> use.with(objects));
  }

  /** Depends on the word of another registration too, and on Secrets that it names. */
  void also(User user, ProviderConfigKey config, Set<SecretName> secrets) {
    uses.computeIfPresent(user, (key, use) -> use.and(config, secrets));
  }

  /** The managed resource is gone or needs nothing any more. */
  void drop(User user) {
    uses.remove(user);
  }

  /** Those that depend on a member. */
  Set<User> ofMember(ProviderConfigKey member) {
    return where(use -> use.member().equals(member));
  }

  /** Those that depend on what a registration says. */
  Set<User> ofConfig(ProviderConfigKey config) {
    return where(use -> use.configs().contains(config));
  }

  /** Those that depend on a Secret. */
  Set<User> ofSecret(SecretName secret) {
    return where(use -> use.secrets().contains(secret));
  }

  /** Those that depend on an object of a member and should look at it now. */
  Set<User> ofObject(ProviderConfigKey member, String kind, String name) {
    String object = kind + "/" + name;
    return where(
        use ->
            use.member().equals(member)
                && use.objects().contains(object)
                && !use.dull().getAsBoolean());
  }

  /** Those that depend on any object of a kind on a member. */
  Set<User> ofKind(ProviderConfigKey member, String kind) {
    return where(
        use ->
            use.member().equals(member)
                && use.objects().stream().anyMatch(object -> object.startsWith(kind + "/")));
  }

  /** Every member in use. */
  Set<ProviderConfigKey> members() {
    return uses.values().stream().map(Use::member).collect(Collectors.toSet());
  }

  /** Every Secret in use. */
  Set<SecretName> secrets() {
    return uses.values().stream()
        .flatMap(use -> use.secrets().stream())
        .collect(Collectors.toSet());
  }

  private Set<User> where(Predicate<Use> test) {
    return uses.entrySet().stream()
        .filter(entry -> test.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
