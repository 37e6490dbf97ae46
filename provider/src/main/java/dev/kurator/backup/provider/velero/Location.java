package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.claim.StorageLocation;
import dev.kurator.backup.apis.managed.AccessMode;
import dev.kurator.backup.apis.managed.VeleroInstallParameters;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;

/** A bucket as a member's engine sees it: one BackupStorageLocation and its Secret. */
public final class Location {

  /** Key of a member's storage Secret. */
  public static final String CREDENTIALS_KEY = "cloud";

  private Location() {}

  /** Name of the BackupStorageLocation and of its Secret. */
  public static String name(StorageLocation location, AccessMode mode) {
    return "";
  }

  /** Name for a VeleroInstall's parameters, with the default access mode applied. */
  public static String name(VeleroInstallParameters parameters) {
    return "";
  }

  /** The BackupStorageLocation. */
  public static GenericKubernetesResource storageLocation(
      VeleroInstallParameters parameters, String namespace, String hubId) {
    return new GenericKubernetesResource();
  }

  /** The Secret on the member. */
  public static Secret credentials(
      VeleroInstallParameters parameters, String namespace, String hubId, byte[] content) {
    return new Secret();
  }

  /** Whether it may take backups. */
  public static LocationReadiness readiness(GenericKubernetesResource location, byte[] credentials) {
    return new LocationReadiness.Ready();
  }

  /** Whether two are the same bucket with the same settings; false is a LocationConflict. */
  public static boolean sameSettings(
      GenericKubernetesResource existing, GenericKubernetesResource wanted) {
    return true;
  }
}
