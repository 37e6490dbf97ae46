package dev.kurator.backup.provider.member;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Every member in use, each with one client for its current credentials. */
public interface Members extends AutoCloseable {

  /**
   * The member for these credentials; returns at once. New credentials replace the old ones and
   * close their connections.
   *
   * @param kubeconfig content of the registration's Secret
   */
  Admission member(ProviderConfigKey key, byte[] kubeconfig);

  /**
   * The member with the credentials that it was given last, where nobody has those any more.
   *
   * @return empty where nothing has used it since the provider started, or its last credentials
   *     were refused
   */
  Optional<Member> known(ProviderConfigKey key);

  /** Closes the connections to a member that nothing uses any more. */
  void forget(ProviderConfigKey key);

  /**
   * Closes the connections to every member but those in use.
   *
   * @param used which are in use, asked while nobody can open one: whoever says so before calling
   *     {@link #member} gets one that stays open
   */
  void retainOnly(Supplier<Set<ProviderConfigKey>> used);

  @Override
  void close();

  /**
   * Starts with no member.
   *
   * @param requests told the HTTP method of every request to a member
   * @param listener told of every member's changes
   */
  static Members open(Timing timing, Consumer<String> requests, MemberListener listener) {
    return new MemberRegistry(timing, requests, listener);
  }
}
