package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroScheduleParameters;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.Origin;
import dev.kurator.backup.provider.velero.Schedules;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has Velero delete the backups of a Schedule that is on its way out, with their data.
 *
 * @param schedule name of Velero's Schedule
 * @param runs its backups by name
 */
record RunsDeletion(
    Target.Reached target, String schedule, Map<String, GenericKubernetesResource> runs) {

  /**
   * Asks the API server itself: what a cache lacks would be kept for ever.
   *
   * @param location name of the BackupStorageLocation of its runs
   */
  static RunsDeletion of(
      Footing footing, String schedule, VeleroScheduleParameters parameters, String location) {
    Target.Reached target = footing.target();
    Origin origin = footing.origin();
    return new RunsDeletion(
        target,
        schedule,
        target
            .cluster()
            .list(VeleroKind.Backup, target.namespace(), Map.of(Schedules.NAME_LABEL, schedule))
            .stream()
            .filter(backup -> Schedules.isRun(backup, schedule, parameters, location, origin))
            .collect(Collectors.toMap(backup -> backup.getMetadata().getName(), backup -> backup)));
  }

  /**
   * Takes back what Velero was asked and has not begun.
   *
   * @return the backups that Velero had begun to delete
   */
  List<String> takeBack() {
    Set<String> asked = runs.isEmpty() ? Set.of() : asked().keySet();
    return runs.entrySet().stream()
        .filter(run -> asked.contains(request(run.getValue())))
        .filter(run -> DataDeletion.takeBack(target, run.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Those of them that this hub may delete the data of. */
  RunsDeletion deletableBy(HubLeases leases) {
    return new RunsDeletion(
        target,
        schedule,
        runs.entrySet().stream()
            .filter(
                run ->
                    leases.mayDeleteDataOf(
                        DataDeletion.maker(run.getValue()), target.registration()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** The hub that made one of these which is not among the others. */
  Optional<String> without(RunsDeletion others) {
    return runs.entrySet().stream()
        .filter(run -> !others.runs().containsKey(run.getKey()))
        .flatMap(run -> Stream.ofNullable(DataDeletion.maker(run.getValue())))
        .sorted()
        .findFirst();
  }

  /** What the wish to delete its data means for each of them, by name. */
  Map<String, DeletionStep> steps(Readers readers) {
    return runs.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                run ->
                    DeletionDecisions.data(
                        run.getKey(), Backups.observation(run.getValue()), readers)));
  }

  /**
   * Asks Velero, and looks at each of the requests from now on.
   *
   * @param names of the backups to delete
   * @return what went wrong where it was asked before
   */
  List<String> ask(Desk desk, User user, List<String> names, Instant now) {
    List<GenericKubernetesResource> ended =
        names.stream().map(runs::get).filter(Objects::nonNull).toList();
    Map<String, GenericKubernetesResource> asked = asked();
    List<String> problems =
        ended.stream().flatMap(run -> DataDeletion.ask(target, run, asked, now).stream()).toList();
    desk.uses().objects(user, objects(ended));
    return problems;
  }

  /** All requests on the member by name, in one call: there may be hundreds of runs. */
  private Map<String, GenericKubernetesResource> asked() {
    return target
        .cluster()
        .list(VeleroKind.DeleteBackupRequest, target.namespace(), Map.of())
        .stream()
        .collect(Collectors.toMap(request -> request.getMetadata().getName(), request -> request));
  }

  private String request(GenericKubernetesResource run) {
    return DataDeletion.request(target, run).getMetadata().getName();
  }

  private Set<String> objects(List<GenericKubernetesResource> ended) {
    return Stream.concat(
            Stream.of("Schedule/" + schedule),
            ended.stream().map(this::request).map(request -> "DeleteBackupRequest/" + request))
        .collect(Collectors.toSet());
  }
}
