package dev.kurator.backup.test.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Claims of several namespaces on the bed's two members, which are registered a second time: with
 * one engine of their own on each, so that it can be counted what is on them.
 *
 * @param prefix of the claims' namespaces
 * @param fleet both members; also the beginning of their names
 * @param engine namespace of the engine
 */
record Throng(Bed bed, String prefix, String fleet, String engine) {

  /** Registers the members, for namespaces of claims that have the topic in their name. */
  static Throng register(Bed bed, String topic) {
    String fleet = bed.namespace("team-" + topic).replace("team-", "");
    Throng throng = new Throng(bed, "team-" + fleet, fleet, "velero-" + topic);
    throng.register(throng.paris(), "prod", "paris-kubeconfig");
    throng.register(throng.berlin(), "staging", "berlin-kubeconfig");
    return throng;
  }

  private void register(String name, String environment, String kubeconfig) {
    String yaml =
        new Registration(name, fleet, kubeconfig, prefix + "-*", Registration.smallEngine(engine))
            .text();
    bed.hub()
        .cluster()
        .apply(
            yaml.replace(
                "fleet.kurator.dev/name: " + fleet,
                "fleet.kurator.dev/name: %s, env: %s".formatted(fleet, environment)));
  }

  /** The name under which paris is registered. */
  String paris() {
    return fleet + "-paris";
  }

  /** The name under which berlin is registered. */
  String berlin() {
    return fleet + "-berlin";
  }

  /** Both members, by registered name. */
  Map<String, Member> members() {
    return Map.of(paris(), bed.paris(), berlin(), bed.berlin());
  }

  /** Makes a namespace for claims. */
  String team(String name) {
    String team = prefix + "-" + name;
    bed.storeCredentials(team);
    return team;
  }

  /** The namespace on the members that the claims of a namespace back up. */
  String workload(String team) {
    return into(team, "work");
  }

  /** The namespace on the members that something of a team's goes into. */
  String into(String team, String what) {
    return team.replace("team", what);
  }

  /** Deploys what the claims of a namespace back up. */
  void deployWorkload(String team) {
    members().values().forEach(member -> member.deployWorkload(workload(team)));
  }

  /** Deletes namespaces of all teams: each restored pod goes on asking for a tenth of a core. */
  void removeCopies(List<String> teams, String... what) {
    for (Member member : members().values()) {
      for (String team : teams) {
        for (String copy : what) {
          member.cluster().client().namespaces().withName(into(team, copy)).delete();
        }
      }
    }
  }

  /**
   * Applies a Backup.
   *
   * @param volumes whether it takes them; Velero needs ten times as long then
   */
  void backup(String team, String name, String deletionPolicy, boolean volumes) {
    String spec = ClaimYaml.on(bed.store(), team, name, "{fleet: " + fleet + "}").spec();
    bed.hub()
        .cluster()
        .apply(
            new ClaimYaml(
                    team,
                    name,
                    spec.replace("[" + Example.WORKLOAD + "]", "[" + workload(team) + "]")
                        + "    defaultVolumesToFsBackup: %s%n".formatted(volumes)
                        + "deletionPolicy: %s%n".formatted(deletionPolicy))
                .text());
  }

  /** Waits until nothing is left on the hub of what was made for a Backup. */
  void awaitNothingLeftOfBackup(String team, String name, Duration patience) {
    for (Kind kind : List.of(Kind.VELERO_BACKUP, Kind.VELERO_INSTALL)) {
      Await.untilAll(
          "no " + kind.title() + " of Backup " + team + "/" + name + " is left",
          patience,
          kind.on(bed.hub().client())
              .inNamespace(team)
              .withLabel(Claim.LABEL, name)
              .withLabel("backup.kurator.dev/claim-kind", "Backup"),
          List::isEmpty);
    }
  }

  /** Applies a Restore of a Backup into a namespace. */
  void restore(String team, String name, String backup, String into) {
    bed.hub()
        .cluster()
        .apply(
            ClaimYaml.restore(
                    team,
                    name,
                    """
                    backupName: %s
                    policies: [{name: shop, policy: {namespaceMapping: {%s: %s}}}]
                    """
                        .formatted(backup, workload(team), into(team, into)))
                .text());
  }

  /** Applies a Migrate from berlin to a namespace on paris. */
  void migrate(String team, String name, String into) {
    bed.hub()
        .cluster()
        .apply(
            ClaimYaml.migrate(
                    bed.store(),
                    team,
                    name,
                    only("staging"),
                    only("prod"),
                    """
                    policy:
                      resourceFilter: {includedNamespaces: [%s]}
                      namespaceMapping: {%s: %s}
                    """
                        .formatted(workload(team), workload(team), into(team, into)))
                .text());
  }

  private String only(String environment) {
    return "{fleet: %s, clusterSelector: {matchLabels: {env: %s}}}".formatted(fleet, environment);
  }

  /** Images of the Velero servers in the engine's namespace. */
  List<String> engines(Member member) {
    return member.client().apps().deployments().inNamespace(engine).list().getItems().stream()
        .map(found -> found.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage())
        .toList();
  }

  /** Access mode and folder of every location of the engine. */
  List<String> locations(Member member) {
    return Kind.VELERO_IO_LOCATION
        .on(member.client())
        .inNamespace(engine)
        .list()
        .getItems()
        .stream()
        .map(
            location ->
                State.text(location, "spec", "accessMode")
                    + " "
                    + State.text(location, "spec", "objectStorage", "prefix"))
        .toList();
  }

  /**
   * Names of Velero's Backups, each once however many members show it, those of berlin on paris.
   */
  List<String> backups() {
    return members().values().stream()
        .flatMap(
            member ->
                Kind.VELERO_IO_BACKUP
                    .on(member.client())
                    .inNamespace(engine)
                    .list()
                    .getItems()
                    .stream())
        .map(backup -> backup.getMetadata().getName())
        .distinct()
        .toList();
  }

  /** What the object store has of all backups, by key; volumes' repositories are left out. */
  SortedMap<String, String> backupFiles() {
    SortedMap<String, String> files = new TreeMap<>();
    Stream.of("one", "two")
        .map(name -> prefix + "-" + name)
        .forEach(team -> files.putAll(bed.store().objects(Example.BUCKET, team)));
    files.keySet().removeIf(key -> !key.contains("/backups/"));
    return files;
  }
}
