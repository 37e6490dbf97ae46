package dev.kurator.backup.function.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kurator.backup.function.wire.struct.StructTree;
import dev.kurator.crossplane.fn.v1.Condition;
import dev.kurator.crossplane.fn.v1.Resource;
import dev.kurator.crossplane.fn.v1.ResourceSelector;
import dev.kurator.crossplane.fn.v1.Resources;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A claim over many members, with a Crossplane that writes what it is told and a provider that
 * writes given statuses, but for the clusters.
 */
final class LargeFleet {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Resource> MEMBERS = new ConcurrentHashMap<>();
  private static final String LONG = "no space left on <device> & no \"retry\" ".repeat(30);

  private final Runner runner =
      new Runner(InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z")));
  private final Map<String, ObjectNode> statuses = new HashMap<>();
  private final ObjectNode claim;
  private int members;
  private final boolean talkative;
  private final SortedMap<String, ObjectNode> observed = new TreeMap<>();
  private final Map<String, Resource> sent = new HashMap<>();
  private final RunFunctionRequest.Builder required = RunFunctionRequest.newBuilder();
  private RunFunctionResponse response = RunFunctionResponse.getDefaultInstance();

  /**
   * A claim that was just applied.
   *
   * @param yaml the claim
   * @param members how many members its fleet europe has
   * @param talkative whether everything fails with as much text as there can be
   */
  LargeFleet(String yaml, int members, boolean talkative) {
    this.claim = tree(yaml);
    this.members = members;
    this.talkative = talkative;
  }

  /** The same, restoring another claim. */
  LargeFleet restoring(LargeFleet backup) {
    required.putRequiredResources(
        "backup", Resources.newBuilder().addItems(resource(backup.claim)).build());
    return this;
  }

  /** One reconciliation after the other, each seeing what the one before has written. */
  LargeFleet reconciled(int times) {
    for (int time = 0; time < times; time++) {
      ask();
      apply();
    }
    return this;
  }

  RunFunctionResponse response() {
    return response;
  }

  SortedMap<String, ObjectNode> observed() {
    return observed;
  }

  ObjectNode claim() {
    return claim;
  }

  /** The fleet has so many members now. */
  LargeFleet growing(int to) {
    members = to;
    required.clearRequiredResources();
    return this;
  }

  /** What etcd stores of the claim: JSON as Go writes it. */
  int claimBytes() {
    try {
      String json = JSON.writeValueAsString(claim);
      long escaped = json.chars().filter(one -> one == '<' || one == '>' || one == '&').count();
      return json.getBytes(StandardCharsets.UTF_8).length + 5 * (int) escaped;
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  Condition condition(String type) {
    return response.getConditionsList().stream()
        .filter(one -> one.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }

  /** The next request of Crossplane. */
  RunFunctionRequest request() {
    RunFunctionRequest.Builder request = required.clone();
    request.getObservedBuilder().setComposite(resource(claim));
    request.getObservedBuilder().putAllResources(sent);
    return request.build();
  }

  private void ask() {
    response = runner.run(request());
    Map<String, ResourceSelector> asked =
        new TreeMap<>(response.getRequirements().getResourcesMap());
    asked.keySet().removeAll(required.getRequiredResourcesMap().keySet());
    if (!asked.isEmpty()) {
      asked.forEach((key, selector) -> required.putRequiredResources(key, list(selector)));
      ask();
    }
  }

  private Resources list(ResourceSelector selector) {
    Resources.Builder list = Resources.newBuilder();
    if (selector.getKind().equals("ClusterProviderConfig")) {
      String fleet = selector.getMatchLabels().getLabelsOrThrow("fleet.kurator.dev/name");
      for (int i = 0; i < (fleet.equals("europe") ? members : 1); i++) {
        String name = "%s-cluster-%04d".formatted(fleet, i);
        list.addItems(
            MEMBERS.computeIfAbsent(name, one -> Requests.resource(Requests.member(one))));
      }
    }
    return list.build();
  }

  /** Crossplane writes, then the provider. */
  private void apply() {
    Map<String, Resource> desired = new TreeMap<>(response.getDesired().getResourcesMap());
    observed.keySet().retainAll(desired.keySet());
    sent.keySet().retainAll(desired.keySet());
    ArrayNode refs = claim.withObject("/spec/crossplane").putArray("resourceRefs");
    desired.forEach(
        (key, resource) -> {
          ObjectNode object = StructTree.read(resource.getResource());
          refs.addObject()
              .put("apiVersion", object.path("apiVersion").asText())
              .put("kind", object.path("kind").asText())
              .put("name", object.path("metadata").path("name").asText());
          work(object);
          observed.put(key, object);
          sent.put(key, resource(object));
        });
    ObjectNode composite = StructTree.read(response.getDesired().getComposite().getResource());
    ObjectNode status = composite.withObject("/status");
    ArrayNode conditions = status.putArray("conditions");
    for (Condition condition : response.getConditionsList()) {
      String value = condition.getStatus().name().replace("STATUS_CONDITION_", "");
      conditions
          .addObject()
          .put("type", condition.getType())
          .put("status", value.charAt(0) + value.substring(1).toLowerCase(Locale.ROOT))
          .put("reason", condition.getReason())
          .put("message", condition.getMessage())
          .put("lastTransitionTime", "2026-01-01T12:00:00Z");
    }
    claim.set("status", status);
  }

  private void work(ObjectNode object) {
    String name = object.path("spec").path("forProvider").path("name").asText();
    String external = "abcdefgh-".repeat(6) + Integer.toHexString(name.hashCode());
    object
        .withObject("/metadata/annotations")
        .put("crossplane.io/external-name", name.isEmpty() ? external : name);
    object.set("status", status(object).deepCopy());
    object
        .withObject("/status/atProvider")
        .put("memberIdentity", object.path("metadata").path("name").asText());
  }

  private ObjectNode status(ObjectNode object) {
    String kind = object.path("kind").asText();
    // A Migrate's targets begin only once its source is Completed.
    boolean fails = talkative && !object.path("metadata").path("name").asText().contains("legacy");
    return statuses.computeIfAbsent(
        kind + fails,
        _ -> {
          String status =
              switch (kind) {
                case "VeleroInstall" -> INSTALLED;
                case "VeleroSchedule" -> SCHEDULED;
                case "VeleroRestore" -> fails ? FAILED : RESTORED;
                default -> fails ? FAILED : COMPLETED;
              };
          return tree(status.replace("LONG", fails ? quoted(LONG) : ""));
        });
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static Resource resource(ObjectNode object) {
    return Resource.newBuilder().setResource(StructTree.write(object)).build();
  }

  private static ObjectNode tree(String yaml) {
    try {
      return (ObjectNode) YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static final String CONDITIONS =
      """
      conditions:
      - {type: Ready, status: "True", reason: Available, message: "LONG",
         lastTransitionTime: "2026-01-01T12:00:00Z"}
      - {type: Synced, status: "True", reason: ReconcileSuccess,
         lastTransitionTime: "2026-01-01T12:00:00Z"}
      """;

  private static final String INSTALLED =
      "atProvider: {version: v1.18.3, storageLocationPhase: Available, sharedPassword: Same}\n"
          + CONDITIONS.replace("LONG", "");

  private static final String COMPLETED =
      """
      atProvider:
        {phase: Completed, startTimestamp: "2026-01-01T11:50:00Z", errors: 0, warnings: 0,
         completionTimestamp: "2026-01-01T11:55:00Z", expiration: "2026-01-31T11:50:00Z",
         progress: {totalItems: 230, itemsBackedUp: 230}}
      """
          + CONDITIONS;

  private static final String RESTORED =
      """
      atProvider:
        {phase: Completed, startTimestamp: "2026-01-01T11:50:00Z", errors: 0, warnings: 2,
         completionTimestamp: "2026-01-01T11:55:00Z", backupTimestamp: "2026-01-01T11:40:00Z",
         backupName: team-shop-before-upgrade-default-europe-cluster-0001-12345678,
         progress: {totalItems: 230, itemsRestored: 230}}
      """
          + CONDITIONS;

  private static final String FAILED =
      """
      atProvider:
        {phase: WaitingForPluginOperationsPartiallyFailed, startTimestamp: "2026-01-01T11:50:00Z",
         completionTimestamp: "2026-01-01T11:55:00Z", expiration: "2026-01-31T11:50:00Z",
         errors: 9007199254740991, warnings: 9007199254740991,
         backupTimestamp: "2026-01-01T11:40:00Z",
         backupName: team-shop-before-upgrade-default-europe-cluster-0001-12345678,
         progress: {totalItems: 9007199254740991, itemsBackedUp: 230, itemsRestored: 230},
         failureReason: "LONG", validationErrors: ["LONG", "LONG"], reasons: ["LONG", "LONG"]}
      """
          + CONDITIONS.replace("\"True\"", "\"False\"");

  private static final String RUN =
      """
      {name: team-shop-before-upgrade-default-europe-clu-12345678-20260101,
       phase: WaitingForPluginOperationsPartiallyFailed, startTimestamp: "2026-01-01T11:50:00Z",
       completionTimestamp: "2026-01-01T11:50:00Z", expiration: "2026-01-01T11:50:00Z",
       errors: 1000000, warnings: 1000000, failureReason: "LONG"}
      """;

  private static final String MOMENT =
      """
      {name: team-shop-before-upgrade-default-europe-clu-12345678-20260101,
       startTimestamp: "2026-01-01T11:50:00Z"}
      """;

  private static final String SCHEDULED =
      """
      atProvider:
        phase: Enabled
        nextBackup: "2026-01-01T12:50:00Z"
        lastBackup: MOMENT
        lastSuccessfulBackup: MOMENT
        runs: [RUN, RUN, RUN]
      """
              .replace("MOMENT", MOMENT.strip().replace("\n", ""))
              .replace("RUN", RUN.strip().replace("\n", ""))
          + CONDITIONS;
}
