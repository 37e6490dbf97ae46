package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Set;

/** Velero's Backup objects. */
public final class Backups {

  private Backups() {}

  /** The attempt-th name to try (0 = as wanted), at most 63 characters. */
  public static String name(String wanted, int attempt) {
    return wanted;
  }

  /** Hash of the policy: the one given, or of the policy as it stands. */
  public static String policyHash(VeleroBackupParameters parameters) {
    return "";
  }

  /** The Backup to create. */
  public static GenericKubernetesResource backup(
      String name,
      String namespace,
      VeleroBackupParameters parameters,
      String location,
      String hubId,
      String memberIdentity) {
    return new GenericKubernetesResource();
  }

  /** Velero's status of a Backup. */
  public static VeleroBackupObservation observation(GenericKubernetesResource backup) {
    return new VeleroBackupObservation(null, null, null, null, null, null, null, null, java.util.List.of());
  }

  /** The request that deletes a backup with its data. */
  public static GenericKubernetesResource deleteRequest(String name, String uid, String namespace) {
    return new GenericKubernetesResource();
  }

  /** What an object that has our name is to us. */
  public static Existing matches(
      GenericKubernetesResource existing, String policyHash, String location, Set<String> identities) {
    return new Existing.Adoptable();
  }
}
