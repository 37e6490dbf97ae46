package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One claim on the hub.
 *
 * @param client of its hub
 * @param resource the claim, which need not exist
 * @param namespace where it is
 */
record Claim(
    KubernetesClient client, Resource<GenericKubernetesResource> resource, String namespace) {

  /** Label of what is made for a claim, on the hub and on members. */
  static final String LABEL = "backup.kurator.dev/claim-name";

  private static final List<Kind> MADE =
      List.of(Kind.VELERO_BACKUP, Kind.VELERO_SCHEDULE, Kind.VELERO_RESTORE, Kind.VELERO_INSTALL);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final String PAUSE =
      "{\"metadata\": {\"annotations\": {\"crossplane.io/paused\": \"true\"}}}";
  private static final Set<String> FINAL = Set.of("Completed", "PartiallyFailed", "Failed");

  /**
   * Waits for a phase, and for Ready with Completed; fails at once when the claim ends in another
   * phase.
   */
  GenericKubernetesResource awaitPhase(String phase, Duration patience) {
    GenericKubernetesResource ended = awaitPhaseOrEnd(phase, patience);
    if (phase.equals("Completed") && lostCredentials(ended)) {
      System.err.println(
          "applied again, since Velero lost its credentials for an instant: "
              + ended.getMetadata().getName());
      applyAgain(ended, patience);
      ended = awaitPhaseOrEnd(phase, patience);
    }
    if (!State.phase(ended).equals(phase)) {
      throw new AssertionError(
          "the claim ended, but not as %s:%n%s".formatted(phase, State.describe(ended)));
    }
    return ended;
  }

  private GenericKubernetesResource awaitPhaseOrEnd(String phase, Duration patience) {
    return await(
        "the claim is " + phase,
        patience,
        claim -> State.phase(claim).equals(phase) ? isWhole(claim) : isAtEnd(claim));
  }

  /**
   * Whether a claim, or a Backup of Velero's, failed because Velero empties and rewrites a
   * location's credentials file whenever it is needed, under the eyes of who reads it:
   * docs/cautions.md.
   */
  static boolean lostCredentials(GenericKubernetesResource ended) {
    return State.phase(ended).equals("Failed")
        && Stream.of("summary", "failureReason")
            .anyMatch(
                field -> State.text(ended, "status", field).contains("no EC2 IMDS role found"));
  }

  /** As docs/cautions.md tells a user to. */
  private void applyAgain(GenericKubernetesResource ended, Duration patience) {
    resource.delete();
    Await.until("it is gone", patience, resource, Objects::isNull);
    Map<String, Object> spec = new LinkedHashMap<>(ended.get("spec"));
    spec.remove("crossplane");
    GenericKubernetesResource again = new GenericKubernetesResource();
    again.setApiVersion(ended.getApiVersion());
    again.setKind(ended.getKind());
    again.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(ended.getMetadata().getName())
            .build());
    again.setAdditionalProperty("spec", spec);
    client.resource(again).create();
  }

  /** Waits until the claim has ended, however it did. */
  GenericKubernetesResource awaitEnd(Duration patience) {
    return await("the claim has ended", patience, Claim::isAtEnd);
  }

  private static boolean isAtEnd(@Nullable GenericKubernetesResource claim) {
    return FINAL.contains(State.phase(claim)) && isWhole(claim);
  }

  /** Crossplane writes the conditions after the rest of the status. */
  private static boolean isWhole(@Nullable GenericKubernetesResource claim) {
    return !State.phase(claim).equals("Completed") || State.is(claim, "Ready", "True");
  }

  /** Waits until the claim is as wanted. */
  GenericKubernetesResource await(
      String what, Duration patience, Predicate<@Nullable GenericKubernetesResource> wanted) {
    return Await.until(what, patience, resource, wanted);
  }

  /** Changes fields of the claim, given as JSON. */
  void edit(String merge) {
    resource.patch(MERGE, merge);
  }

  /**
   * The claim and what was made for it vanish from the hub as if the hub's disk had: nothing acts
   * on it, neither Crossplane nor the provider.
   */
  void lose(Hub hub, Duration patience) {
    String name = resource.get().getMetadata().getName();
    pause(resource, patience);
    List<Resource<GenericKubernetesResource>> lost = new ArrayList<>();
    for (Kind kind : MADE) {
      lost.addAll(
          kind.on(hub.client()).inNamespace(namespace).withLabel(LABEL, name).resources().toList());
    }
    lost.forEach(object -> pause(object, patience));
    lost.add(resource);
    for (Resource<GenericKubernetesResource> object : lost) {
      object.delete();
      object.patch(MERGE, "{\"metadata\": {\"finalizers\": null}}");
      Await.until("it is lost", patience, object, Objects::isNull);
    }
  }

  /** Until it is said: what still runs would write to the object of that name that comes next. */
  private static void pause(Resource<GenericKubernetesResource> object, Duration patience) {
    object.patch(MERGE, PAUSE);
    Await.until(
        "nobody acts on it",
        patience,
        object,
        seen ->
            State.entries(seen, "conditions").stream()
                .anyMatch(condition -> "ReconcilePaused".equals(condition.get("reason"))));
  }

  /** Deletes the claim and waits until everything that was made for it on the hub is gone. */
  void delete(Hub hub, Duration patience) {
    String name = resource.get().getMetadata().getName();
    resource.delete();
    for (Kind kind : MADE) {
      Await.untilAll(
          "no " + kind.title() + " of claim " + name + " is left",
          patience,
          kind.on(hub.client()).inNamespace(namespace).withLabel(LABEL, name),
          List::isEmpty);
    }
  }

  /** The entry of one member, of whichever policy; empty when there is none. */
  static Map<String, Object> detail(@Nullable GenericKubernetesResource claim, String member) {
    Stream<Map<String, Object>> lists =
        Stream.of("backupDetails", "restoreDetails", "targetClusterStatus")
            .flatMap(field -> State.entries(claim, field).stream());
    Map<String, Object> source = claim == null ? null : claim.get("status", "sourceClusterStatus");
    return Stream.concat(lists, Stream.ofNullable(source))
        .filter(entry -> member.equals(entry.get("clusterName")))
        .findFirst()
        .orElse(Map.of());
  }
}
