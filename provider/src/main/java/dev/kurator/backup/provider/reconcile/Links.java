package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How managed resources refer to each other and to members. */
final class Links {

  private static final String BY_INSTALL = "install";
  private static final String BY_MEMBER = "member";

  private Links() {}

  /** VeleroInstalls, as the controller of VeleroBackups listens to them. */
  static EventSource<?, VeleroBackup> installsOfBackups(EventSourceContext<VeleroBackup> context) {
    context.getPrimaryCache().addIndexers(Map.of(BY_INSTALL, b -> List.of(key(installId(b)))));
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(VeleroInstall.class, VeleroBackup.class)
            .withName("installs-of-backups")
            .withSecondaryToPrimaryMapper(
                install ->
                    context
                        .getPrimaryCache()
                        .byIndex(BY_INSTALL, key(ResourceID.fromResource(install)))
                        .stream()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
            .withPrimaryToSecondaryMapper((VeleroBackup backup) -> Set.of(installId(backup)))
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
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(VeleroBackup.class, VeleroInstall.class)
            .withName("backups-of-installs")
            .withSecondaryToPrimaryMapper(backup -> Set.of(installId(backup)))
            .withOnAddFilter(backup -> false)
            .withOnUpdateFilter((now, before) -> false)
            .build(),
        context);
  }

  /** The VeleroInstall that a VeleroBackup names, as the watch knows it. */
  static Optional<VeleroInstall> installOf(Context<VeleroBackup> context, VeleroBackup backup) {
    return context.getSecondaryResource(VeleroInstall.class);
  }

  /** The VeleroBackups that name a VeleroInstall, those on their way out too. */
  static Set<VeleroBackup> backupsOf(Context<VeleroInstall> context) {
    return context.getSecondaryResources(VeleroBackup.class);
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

  private static ResourceID installId(VeleroBackup backup) {
    return new ResourceID(
        backup.getSpec().forProvider().installName(), backup.getMetadata().getNamespace());
  }

  private static String key(ResourceID id) {
    return id.getNamespace().orElse("") + "/" + id.getName();
  }
}
