package dev.kurator.backup.provider.member;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The members by registration. */
final class MemberRegistry implements Members {

  private final Workshop workshop;
  private final MemberListener listener;
  private final Map<ProviderConfigKey, Entry> entries = new HashMap<>();

  MemberRegistry(Timing timing, Consumer<String> requests, MemberListener listener) {
    this.workshop = new Workshop(timing, requests);
    this.listener = listener;
  }

  @Override
  public synchronized Admission member(ProviderConfigKey key, byte[] kubeconfig) {
    String hash = hash(kubeconfig);
    Entry known = entries.get(key);
    if (known != null && known.hash().equals(hash)) {
      return known.admission();
    }
    // refused ones are kept too, so that bad credentials end the use of the old ones
    Entry entry = admit(key, kubeconfig, hash);
    entries.put(key, entry);
    close(known);
    return entry.admission();
  }

  @Override
  public synchronized Optional<Member> known(ProviderConfigKey key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::member);
  }

  @Override
  public synchronized void forget(ProviderConfigKey key) {
    close(entries.remove(key));
  }

  @Override
  public synchronized void retainOnly(Supplier<Set<ProviderConfigKey>> used) {
    Set<ProviderConfigKey> kept = used.get();
    for (ProviderConfigKey key : List.copyOf(entries.keySet())) {
      if (!kept.contains(key)) {
        forget(key);
      }
    }
  }

  @Override
  public synchronized void close() {
    retainOnly(Set::of);
    workshop.close();
  }

  private Entry admit(ProviderConfigKey key, byte[] content, String hash) {
    return switch (Kubeconfig.parse(content)) {
      case Kubeconfig.Refused(String reason) ->
          new Entry(hash, null, new Admission.Refused(reason));
      case Kubeconfig.Usable usable -> {
        ConnectedMember member = new ConnectedMember(key, usable, workshop, listener);
        member.start();
        yield new Entry(hash, member, new Admission.Admitted(member));
      }
    };
  }

  private static void close(@Nullable Entry entry) {
    if (entry != null && entry.member() != null) {
      entry.member().close();
    }
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private record Entry(String hash, @Nullable ConnectedMember member, Admission admission) {}
}
