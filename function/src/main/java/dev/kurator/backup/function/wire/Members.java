package dev.kurator.backup.function.wire;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.ProviderConfigReference.Kind;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.plan.Member;
import dev.kurator.backup.function.wire.struct.MalformedException;
import dev.kurator.backup.function.wire.struct.StructBytes;
import dev.kurator.crossplane.fn.v1.MatchLabels;
import dev.kurator.crossplane.fn.v1.Requirements;
import dev.kurator.crossplane.fn.v1.Resource;
import dev.kurator.crossplane.fn.v1.ResourceSelector;
import dev.kurator.crossplane.fn.v1.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks Crossplane for the members of a claim's selections, those of the whole hub and those of the
 * claim's own namespace, and reads its answers.
 */
final class Members {

  private Members() {}

  /**
   * One requirement for each selection and kind; the same on every call, as Crossplane demands.
   *
   * @param namespace the claim's
   */
  static Requirements requirements(List<Selection> selections, String namespace) {
    SortedMap<String, ResourceSelector> selectors = new TreeMap<>();
    for (Selection selection : selections) {
      for (Kind kind : Kind.values()) {
        selectors.put(key(kind, selection), selector(kind, selection, namespace));
      }
    }
    return Requirements.newBuilder().putAllResources(selectors).build();
  }

  private static ResourceSelector selector(Kind kind, Selection selection, String namespace) {
    ResourceSelector.Builder selector =
        ResourceSelector.newBuilder()
            .setApiVersion(Names.GROUP + "/" + Names.VERSION)
            .setKind(kind.name())
            .setMatchLabels(MatchLabels.newBuilder().putAllLabels(selection.labels()));
    switch (kind) {
      case ClusterProviderConfig -> {}
      case ProviderConfig -> selector.setNamespace(namespace);
    }
    return selector.build();
  }

  /** The answers; a selection that lacks one of its two has not been listed yet. */
  static Map<Selection, List<Member>> read(
      List<Selection> selections, Map<String, Resources> required) throws UnreadableException {
    Map<Selection, List<Member>> listed = new HashMap<>();
    for (Selection selection : selections) {
      members(selection, required).ifPresent(members -> listed.put(selection, members));
    }
    return listed;
  }

  private static Optional<List<Member>> members(
      Selection selection, Map<String, Resources> required) throws UnreadableException {
    List<Member> members = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Resources answer = required.get(key(kind, selection));
      if (answer == null) {
        return Optional.empty();
      }
      try {
        for (Resource item : answer.getItemsList()) {
          members.add(member(kind, StructBytes.of(item.getResource())));
        }
      } catch (MalformedException e) {
        throw new UnreadableException("cannot read a " + kind, e);
      }
    }
    return Optional.of(members);
  }

  private static String key(Kind kind, Selection selection) {
    String prefix =
        switch (kind) {
          case ClusterProviderConfig -> "members:";
          case ProviderConfig -> "own-members:";
        };
    return prefix + selection.selector();
  }

  private static Member member(Kind kind, StructBytes config) throws MalformedException {
    StructBytes metadata = config.struct("metadata");
    return new Member(
        kind, metadata.text("name"), allowed(config), metadata.has("deletionTimestamp"));
  }

  /** What says nothing readable allows nobody, and holds up no other member. */
  private static List<String> allowed(StructBytes config) {
    try {
      return config.struct("spec").texts("allowedNamespaces");
    } catch (MalformedException e) {
      return List.of();
    }
  }
}
