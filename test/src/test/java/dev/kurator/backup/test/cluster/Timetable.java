package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Claims with a schedule, on members that are registered a second time: under names, and with
 * engines, of their own, so that labels and versions may change.
 *
 * @param namespace of the claims
 * @param member the name under which paris is registered; also the fleet of the claims
 * @param engine namespace of the engine on every member
 */
record Timetable(Bed bed, String namespace, String member, String engine) {

  static final Duration PATIENCE = Duration.ofMinutes(10);
  static final String EVERY_MINUTE = "* * * * *";

  /** The claim that runs every minute; by its runs the tests tell the time. */
  static final String STEADY = "steady";

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  /**
   * Registers paris.
   *
   * @param topic what the tests are about, to tell their things from others'
   */
  static Timetable on(Bed bed, String topic) {
    String namespace = bed.namespace("team-" + topic);
    String member = namespace.replace("team-", "paris-");
    Timetable timetable = new Timetable(bed, namespace, member, "velero-" + topic);
    timetable.register(member, member, "paris-kubeconfig");
    return timetable;
  }

  /**
   * Registers a member.
   *
   * @param kubeconfig Secret with its credentials
   */
  void register(String name, String fleet, String kubeconfig) {
    String settings = Registration.smallEngine(engine);
    bed.hub()
        .cluster()
        .apply(new Registration(name, fleet, kubeconfig, namespace, settings).text());
  }

  /** Changes fields of a registration, given as JSON. */
  void edit(String registered, String merge) {
    Kind.CLUSTER_PROVIDER_CONFIG.on(bed.hub().client()).withName(registered).patch(MERGE, merge);
  }

  /** Applies a claim that runs every minute and backs up one namespace. */
  void apply(String name, String workload) {
    String spec = ClaimYaml.on(bed.store(), namespace, name, "{fleet: " + member + "}").spec();
    bed.hub()
        .cluster()
        .apply(
            new ClaimYaml(
                    namespace,
                    name,
                    "schedule: \""
                        + EVERY_MINUTE
                        + "\"\n"
                        + spec.replace("[" + Example.WORKLOAD + "]", "[" + workload + "]"))
                .text());
  }

  /** Waits for a Completed run other than the one named. */
  GenericKubernetesResource awaitRunAfter(String claim, String member, String run) {
    return claim(claim)
        .await(
            "a run on " + member + " after '" + run + "' is Completed",
            PATIENCE,
            seen -> !lastSuccess(seen, member).isEmpty() && !lastSuccess(seen, member).equals(run));
  }

  /** Waits until every schedule that is due has run once more: the steady one tells. */
  void awaitNextMinute() {
    awaitRunAfter(STEADY, member, lastSuccess(claim(STEADY).resource().get(), member));
  }

  /** A claim of the timetable. */
  Claim claim(String name) {
    return bed.hub().claim(namespace, name);
  }

  /** Name of the newest Completed run on a member, empty where there is none. */
  static String lastSuccess(@Nullable GenericKubernetesResource claim, String member) {
    return Claim.detail(claim, member).get("lastSuccessfulBackup") instanceof Map<?, ?> moment
        ? String.valueOf(moment.get("name"))
        : "";
  }

  /** Velero's Schedule of a claim on paris. */
  GenericKubernetesResource schedule(String claim) {
    List<GenericKubernetesResource> found =
        Kind.VELERO_IO_SCHEDULE
            .on(bed.paris().client())
            .inNamespace(engine)
            .list()
            .getItems()
            .stream()
            .filter(schedule -> madeFor(schedule, claim))
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  /** Velero's Backups of a claim on paris. */
  List<GenericKubernetesResource> runs(String claim) {
    return Kind.VELERO_IO_BACKUP
        .on(bed.paris().client())
        .inNamespace(engine)
        .list()
        .getItems()
        .stream()
        .filter(run -> madeFor(run, claim))
        .toList();
  }

  /** Whether it was made for that claim. */
  boolean madeFor(GenericKubernetesResource found, String claim) {
    Map<String, String> labels = found.getMetadata().getLabels();
    return labels != null
        && claim.equals(labels.get(Claim.LABEL))
        && namespace.equals(labels.get("backup.kurator.dev/claim-namespace"));
  }

  /** What the object store has of the backups of a member, by key. */
  SortedMap<String, String> backupFiles(String registered) {
    SortedMap<String, String> files =
        new TreeMap<>(bed.store().objects(Example.BUCKET, namespace + "/" + registered));
    files.keySet().removeIf(key -> !key.contains("/backups/"));
    return files;
  }

  /** What it has of a claim's backups on paris. */
  SortedMap<String, String> filesOf(String claim) {
    SortedMap<String, String> files = backupFiles(member);
    files.keySet().removeIf(key -> !key.contains("-" + claim + "-"));
    return files;
  }
}
