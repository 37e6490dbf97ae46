package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.member.Admission;
import dev.kurator.backup.provider.member.Link;
import dev.kurator.backup.provider.member.Member;
import dev.kurator.backup.provider.member.MemberListener;
import dev.kurator.backup.provider.member.Members;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Any registration, of either kind, names the one cluster on which a fake Velero works. */
final class Doors implements Members {

  private final FakeVelero velero;
  private final Map<ProviderConfigKey, FakeMember> members = new ConcurrentHashMap<>();
  private final Map<ProviderConfigKey, String> kubeconfigs = new ConcurrentHashMap<>();

  Doors(FakeVelero velero) {
    this.velero = velero;
  }

  /** Members for a provider that starts now. */
  Members attach(MemberListener listener) {
    velero.attach(
        new MemberListener() {
          @Override
          public void linkChanged(ProviderConfigKey any, Link link) {
            members.keySet().forEach(key -> listener.linkChanged(key, link));
          }

          @Override
          public void changed(ProviderConfigKey any, String kind, String namespace, String name) {
            members.keySet().forEach(key -> listener.changed(key, kind, namespace, name));
          }
        });
    return this;
  }

  /** The kubeconfig that a registration was last used with. */
  String kubeconfig(ProviderConfigKey key) {
    return kubeconfigs.getOrDefault(key, "");
  }

  @Override
  public Admission member(ProviderConfigKey key, byte[] kubeconfig) {
    kubeconfigs.put(key, new String(kubeconfig, StandardCharsets.UTF_8));
    return new Admission.Admitted(
        members.computeIfAbsent(key, absent -> new FakeMember(key, velero.cluster)));
  }

  @Override
  public Optional<Member> known(ProviderConfigKey key) {
    return Optional.ofNullable(members.get(key));
  }

  @Override
  public void forget(ProviderConfigKey key) {}

  @Override
  public void retainOnly(Supplier<Set<ProviderConfigKey>> used) {
    members.keySet().retainAll(used.get());
  }

  @Override
  public void close() {
    velero.close();
  }
}
