package dev.kurator.backup.provider.member;

import java.util.Set;

/** The members by registration. */
final class MemberRegistry implements Members {

  MemberRegistry(Timing timing, MemberListener listener) {}

  @Override
  public Admission member(ProviderConfigKey key, byte[] kubeconfig) {
    return new Admission.Refused("");
  }

  @Override
  public void forget(ProviderConfigKey key) {}

  @Override
  public void retainOnly(Set<ProviderConfigKey> used) {}

  @Override
  public void close() {}
}
