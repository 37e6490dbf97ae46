package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.member.Link;
import dev.kurator.backup.provider.member.MemberListener;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Passes news of members on, and remembers the state of their links for the metrics. */
final class LinkStates implements MemberListener {

  private final MemberListener next;
  private final Map<ProviderConfigKey, String> states = new ConcurrentHashMap<>();

  LinkStates(MemberListener next) {
    this.next = next;
  }

  @Override
  public void linkChanged(ProviderConfigKey member, Link link) {
    states.put(
        member,
        switch (link) {
          case Link.Connecting connecting -> "connecting";
          case Link.Reachable reachable -> "reachable";
          case Link.Unreachable unreachable -> "unreachable";
        });
    next.linkChanged(member, link);
  }

  @Override
  public void changed(ProviderConfigKey member, String kind, String namespace, String name) {
    next.changed(member, kind, namespace, name);
  }

  /** How many members are in a state. */
  int count(String state) {
    return (int) states.values().stream().filter(state::equals).count();
  }
}
