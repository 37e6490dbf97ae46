package dev.kurator.backup.function.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.function.claim.PolicyIntent;
import dev.kurator.backup.function.claim.Selection;
import dev.kurator.backup.function.claim.Verdict;
import dev.kurator.backup.function.plan.Member;
import dev.kurator.crossplane.fn.v1.MatchLabels;
import dev.kurator.crossplane.fn.v1.Requirements;
import dev.kurator.crossplane.fn.v1.Resource;
import dev.kurator.crossplane.fn.v1.ResourceSelector;
import dev.kurator.crossplane.fn.v1.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Asks Crossplane for the members of a claim's selections, and reads its answer. */
final class Members {

  private static final String KIND = "ClusterProviderConfig";

  private Members() {}

  /** One requirement for each selection; the same on every call, as Crossplane demands. */
  static Requirements requirements(Verdict verdict) {
    SortedMap<String, ResourceSelector> selectors = new TreeMap<>();
    for (Selection selection : selections(verdict)) {
      selectors.put(
          key(selection),
          ResourceSelector.newBuilder()
              .setApiVersion(Names.GROUP + "/" + Names.VERSION)
              .setKind(KIND)
              .setMatchLabels(MatchLabels.newBuilder().putAllLabels(selection.labels()))
              .build());
    }
    return Requirements.newBuilder().putAllResources(selectors).build();
  }

  /** The answers; a selection without one has not been listed yet. */
  static Map<Selection, List<Member>> read(Verdict verdict, Map<String, Resources> required) {
    Map<Selection, List<Member>> listed = new HashMap<>();
    for (Selection selection : selections(verdict)) {
      Resources answer = required.get(key(selection));
      if (answer != null) {
        listed.put(selection, members(answer.getItemsList()));
      }
    }
    return listed;
  }

  private static List<Selection> selections(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Valid valid ->
          valid.intent().policies().stream().map(PolicyIntent::selection).distinct().toList();
      case Verdict.Invalid _ -> List.of();
    };
  }

  private static String key(Selection selection) {
    return "members:" + selection.selector();
  }

  private static List<Member> members(List<Resource> items) {
    List<Member> members = new ArrayList<>();
    for (Resource item : items) {
      JsonNode config = Structs.toTree(item.getResource());
      if (config.path("metadata").has("deletionTimestamp")) {
        continue;
      }
      List<String> allowed = new ArrayList<>();
      config.path("spec").path("allowedNamespaces").forEach(glob -> allowed.add(glob.asText()));
      members.add(new Member(config.path("metadata").path("name").asText(), allowed));
    }
    return members;
  }
}
