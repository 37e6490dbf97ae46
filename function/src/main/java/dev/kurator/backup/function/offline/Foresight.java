package dev.kurator.backup.function.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.SharedPassword;
import dev.kurator.backup.function.plan.Phases;
import dev.kurator.backup.function.wire.struct.StructTree;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the function renders later if all goes well: it is called again with what it has answered,
 * and with the news that it waits for.
 */
final class Foresight {

  /** Annotation of an object that is not rendered yet: what has to come first. */
  static final String LATER_ANNOTATION = "backup.kurator.dev/rendered-later";

  /** A Migrate takes as many after the first: its backup, then its restores. */
  private static final int MOST_STEPS = 2;

  private final Rehearsal rehearsal;

  Foresight(Rehearsal rehearsal) {
    this.rehearsal = rehearsal;
  }

  /**
   * The objects that are still to come, in order.
   *
   * @param claim the composite
   * @param observed its composed resources by key
   * @param now what the function answers to them
   */
  List<ObjectNode> after(
      ObjectNode claim, SortedMap<String, ObjectNode> observed, RunFunctionResponse now) {
    List<ObjectNode> later = new ArrayList<>();
    RunFunctionResponse before = now;
    SortedMap<String, ObjectNode> known = observed;
    for (int step = 0; step < MOST_STEPS; step++) {
      known = goneWell(known, before);
      RunFunctionResponse next = rehearsal.run(withStatus(claim, before), known);
      SortedMap<String, ObjectNode> composed = Outlook.composed(next);
      composed.keySet().removeAll(known.keySet());
      composed.values().forEach(object -> later.add(marked(object)));
      before = next;
    }
    return later;
  }

  private static SortedMap<String, ObjectNode> goneWell(
      SortedMap<String, ObjectNode> observed, RunFunctionResponse response) {
    SortedMap<String, ObjectNode> after = new TreeMap<>(Outlook.composed(response));
    after.putAll(observed);
    after.replaceAll((key, object) -> goneWell(object.deepCopy()));
    return after;
  }

  private static ObjectNode goneWell(ObjectNode object) {
    JsonNode wanted = object.path("spec").path("forProvider");
    ObjectNode seen = object.withObject("/status").withObject("/atProvider");
    switch (object.path("kind").asText()) {
      case "VeleroInstall" -> {
        ObjectNode status = object.withObject("/status");
        if (!status.has("conditions")) {
          ObjectNode ready = status.withArray("/conditions").addObject();
          ready.put("type", Condition.READY).put("status", "True").put("reason", "Available");
        }
        if (wanted.has("writerConfigRef") && !seen.has("sharedPassword")) {
          seen.put("sharedPassword", SharedPassword.Same.name());
        }
      }
      case "VeleroBackup" -> {
        if (!Phases.isTerminal(seen.path("phase").asText())) {
          seen.put("phase", Phases.COMPLETED);
        }
        ObjectNode annotations = object.withObject("/metadata").withObject("/annotations");
        if (!annotations.has(Names.EXTERNAL_NAME)) {
          annotations.set(Names.EXTERNAL_NAME, wanted.path("name"));
        }
      }
      default -> {}
    }
    return object;
  }

  private static ObjectNode withStatus(ObjectNode claim, RunFunctionResponse response) {
    JsonNode status =
        StructTree.read(response.getDesired().getComposite().getResource()).path("status");
    ObjectNode after = claim.deepCopy();
    after.set("status", status);
    return after;
  }

  private static ObjectNode marked(ObjectNode object) {
    String when =
        switch (object.path("kind").asText()) {
          case "VeleroBackup" ->
              "once every target has told whether it has the source's repository password";
          default -> "once the backup is Completed";
        };
    object.withObject("/metadata").withObject("/annotations").put(LATER_ANNOTATION, when);
    return object;
  }
}
