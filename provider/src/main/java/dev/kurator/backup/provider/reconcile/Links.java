package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How managed resources refer to each other and to members. */
final class Links {

  private static final String BY_INSTALL = "install";
  private static final String BY_MEMBER = "member";

  private Links() {}

  /** VeleroInstalls, as the controller of VeleroBackups listens to them. */
  static EventSource<?, VeleroBackup> installsOfBackups(EventSourceContext<VeleroBackup> context) {
    return installsOf(context, VeleroBackup.class, "installs-of-backups", Links::installId);
  }

  /** VeleroInstalls, as the controller of VeleroSchedules listens to them. */
  static EventSource<?, VeleroSchedule> installsOfSchedules(
      EventSourceContext<VeleroSchedule> context) {
    return installsOf(context, VeleroSchedule.class, "installs-of-schedules", Links::installId);
  }

  private static <R extends HasMetadata> EventSource<?, R> installsOf(
      EventSourceContext<R> context,
      Class<R> operations,
      String name,
      Function<R, ResourceID> installId) {
    context
        .getPrimaryCache()
        .addIndexers(Map.of(BY_INSTALL, operation -> List.of(key(installId.apply(operation)))));
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(VeleroInstall.class, operations)
            .withName(name)
            .withSecondaryToPrimaryMapper(
                install ->
                    context
                        .getPrimaryCache()
                        .byIndex(BY_INSTALL, key(ResourceID.fromResource(install)))
                        .stream()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
            .withPrimaryToSecondaryMapper((R operation) -> Set.of(installId.apply(operation)))
            .withOnUpdateFilter(Links::worthTelling)
            .build(),
        context);
  }

  private static boolean worthTelling(VeleroInstall now, VeleroInstall before) {
    return desiredStateChanged(now, before)
        || !Objects.equals(conditions(now.getStatus()), conditions(before.getStatus()));
  }

  private static List<?> conditions(VeleroInstallStatus status) {
    return status == null ? List.of() : status.conditions();
  }

  /** VeleroBackups, as the controller of VeleroInstalls listens to their end. */
  static EventSource<?, VeleroInstall> backupsOfInstalls(
      EventSourceContext<VeleroInstall> context) {
    context
        .getPrimaryCache()
        .addIndexers(Map.of(BY_MEMBER, install -> List.of(Targets.key(install).toString())));
    return usersOfInstalls(context, VeleroBackup.class, "backups-of-installs", Links::installId);
  }

  /** VeleroSchedules, as the controller of VeleroInstalls listens to their end. */
  static EventSource<?, VeleroInstall> schedulesOfInstalls(
      EventSourceContext<VeleroInstall> context) {
    return usersOfInstalls(
        context, VeleroSchedule.class, "schedules-of-installs", Links::installId);
  }

  private static <U extends HasMetadata> EventSource<?, VeleroInstall> usersOfInstalls(
      EventSourceContext<VeleroInstall> context,
      Class<U> users,
      String name,
      Function<U, ResourceID> installId) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(users, VeleroInstall.class)
            .withName(name)
            .withSecondaryToPrimaryMapper(user -> Set.of(installId.apply(user)))
            .withOnAddFilter(user -> false)
            .withOnUpdateFilter((now, before) -> false)
            .build(),
        context);
  }

  /**
   * The operations that name a VeleroInstall, those on their way out too, as kind and name. Asked
   * of the API server where the watches know of none: they may lack a newcomer.
   */
  static List<String> usersOf(Context<VeleroInstall> context, VeleroInstall install) {
    List<String> known =
        shown(
            context.getSecondaryResources(VeleroBackup.class),
            context.getSecondaryResources(VeleroSchedule.class));
    if (!known.isEmpty()) {
      return known;
    }
    ResourceID id = ResourceID.fromResource(install);
    return shown(
        all(context, VeleroBackup.class, install).stream()
            .filter(backup -> installId(backup).equals(id))
            .toList(),
        all(context, VeleroSchedule.class, install).stream()
            .filter(schedule -> installId(schedule).equals(id))
            .toList());
  }

  private static <U extends HasMetadata> List<U> all(
      Context<VeleroInstall> context, Class<U> users, VeleroInstall install) {
    return context
        .getClient()
        .resources(users)
        .inNamespace(install.getMetadata().getNamespace())
        .list()
        .getItems();
  }

  private static List<String> shown(
      Collection<VeleroBackup> backups, Collection<VeleroSchedule> schedules) {
    return Stream.concat(backups.stream(), schedules.stream())
        .map(user -> user.getKind() + " " + user.getMetadata().getName())
        .sorted()
        .toList();
  }

  /** All VeleroInstalls that name a registration. */
  static List<VeleroInstall> installsOf(Context<VeleroInstall> context, ProviderConfigKey config) {
    return context.getPrimaryCache().byIndex(BY_MEMBER, config.toString());
  }

  /** Our own status writes are no reason to look again. */
  static boolean desiredStateChanged(HasMetadata now, HasMetadata before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(now.getMetadata().getLabels(), before.getMetadata().getLabels())
        || !Objects.equals(Annotations.of(now), Annotations.of(before))
        || !Objects.equals(
            now.getMetadata().getDeletionTimestamp(), before.getMetadata().getDeletionTimestamp());
  }

  private static ResourceID installId(VeleroSchedule schedule) {
    return new ResourceID(
        schedule.getSpec().forProvider().installName(), schedule.getMetadata().getNamespace());
  }

  private static ResourceID installId(VeleroBackup backup) {
    return new ResourceID(
        backup.getSpec().forProvider().installName(), backup.getMetadata().getNamespace());
  }

  private static String key(ResourceID id) {
    return id.getNamespace().orElse("") + "/" + id.getName();
  }
}
