package dev.kurator.backup.provider.member;

/** Told of what happens on members; called on threads of this room, so must return soon. */
public interface MemberListener {

  /** The link of a member changed: it became reachable, unreachable, or another cluster. */
  void linkChanged(ProviderConfigKey member, Link link);

  /**
   * A watched object on a member was added, changed or deleted.
   *
   * @param name empty where the watch of the kind came up, so that any of them may have changed
   */
  void changed(ProviderConfigKey member, String kind, String namespace, String name);
}
