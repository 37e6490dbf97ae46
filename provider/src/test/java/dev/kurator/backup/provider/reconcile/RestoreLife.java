package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.RestorePolicy;
import dev.kurator.backup.apis.managed.ManagementPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.apis.managed.VeleroRestoreParameters;
import dev.kurator.backup.apis.managed.VeleroRestoreSpec;
import dev.kurator.backup.provider.velero.Location;
import dev.kurator.backup.provider.velero.RestoreMarker;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A restore on the fake member, of backups that are there already. */
abstract class RestoreLife extends ProviderLife {

  static final String RESTORE_NAME = "again-0123abcd";
  static final Map<String, String> OF_NIGHTLY = Map.of(Names.CLAIM_NAME_LABEL, "nightly");

  static VeleroRestore restore(@Nullable String backupName, String hash, String deadline) {
    VeleroRestore restore = new VeleroRestore();
    restore.setMetadata(
        new ObjectMetaBuilder().withNamespace(Samples.NAMESPACE).withName("restore").build());
    restore.setSpec(
        new VeleroRestoreSpec(
            new VeleroRestoreParameters(
                RESTORE_NAME,
                "install",
                backupName,
                backupName == null ? OF_NIGHTLY : Map.of(),
                null,
                RestorePolicy.UNSET,
                Map.of(Names.CLAIM_NAME_LABEL, "again"),
                hash,
                deadline,
                "15s"),
            List.of(ManagementPolicy.All),
            new ProviderConfigReference(
                ProviderConfigReference.Kind.ClusterProviderConfig, Samples.MEMBER)));
    return restore;
  }

  void applyRestore() {
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    hub.resource(restore(null, "hash", "1h")).create();
  }

  Resource<VeleroRestore> restore() {
    return hub.resources(VeleroRestore.class).inNamespace(Samples.NAMESPACE).withName("restore");
  }

  /** A backup that was made on the member, or that came from the bucket at some later time. */
  void backup(String name, String phase, String began, @Nullable String came) {
    backup(location(), name, phase, began, came);
  }

  void backup(String location, String name, String phase, String began, @Nullable String came) {
    GenericKubernetesResource backup = new GenericKubernetesResource();
    backup.setApiVersion("velero.io/v1");
    backup.setKind("Backup");
    backup.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(FakeVelero.namespace())
            .withLabels(OF_NIGHTLY)
            .withCreationTimestamp(came == null ? began : came)
            .build());
    backup.setAdditionalProperty("spec", Map.of("storageLocation", location));
    backup.setAdditionalProperty("status", Map.of("phase", phase, "startTimestamp", began));
    velero.cluster.put(backup);
  }

  static String location() {
    return Location.name(Samples.install("install").getSpec().forProvider());
  }

  /** Velero goes on with the restore. */
  void goesOn(String phase) {
    velero.update("Restore", RESTORE_NAME, status(phase));
  }

  static Map<String, Object> status(String phase) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("phase", phase);
    status.put("startTimestamp", Instant.parse("2026-11-22T12:00:00Z").toString());
    return status;
  }

  RestoreMarker marker() {
    return velero
        .cluster
        .find("ConfigMap", RestoreMarker.name(RESTORE_NAME))
        .flatMap(there -> RestoreMarker.of((ConfigMap) there))
        .orElseThrow();
  }

  boolean remembered() {
    return velero.cluster.find("ConfigMap", RestoreMarker.name(RESTORE_NAME)).isPresent();
  }

  long runs() {
    return velero.cluster.calls().stream()
        .filter(call -> call.startsWith("create Restore/"))
        .count();
  }

  /** As if the hub had been lost: no finalizer ran, nothing on the member was touched. */
  void loseHub() {
    provider.close();
    edit(
        restore(),
        restore -> {
          restore.getMetadata().setFinalizers(List.of());
          return restore;
        });
    restore().delete();
  }

  void loseStatus() {
    restore()
        .editStatus(
            resource -> {
              resource.setStatus(null);
              return resource;
            });
  }

  static Predicate<VeleroRestore> restorePhase(String phase) {
    return restore ->
        restore != null
            && restore.getStatus() != null
            && restore.getStatus().atProvider() != null
            && phase.equals(restore.getStatus().atProvider().phase());
  }

  static Predicate<VeleroRestore> restoreSays(String type, String part) {
    return restore ->
        restore != null
            && restore.getStatus() != null
            && says(restore.getStatus().conditions(), type, part);
  }

  static VeleroRestoreObservation seen(VeleroRestore restore) {
    return Objects.requireNonNull(restore.getStatus().atProvider());
  }
}
