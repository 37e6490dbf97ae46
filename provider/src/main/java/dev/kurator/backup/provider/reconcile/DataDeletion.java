package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.provider.member.MemberApiException;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.NameClash;
import dev.kurator.backup.provider.velero.Times;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has Velero delete backups with their data: objects alone would come back from the bucket. */
final class DataDeletion {

  private static final Duration RETRY_FAILED_REQUEST = Duration.ofMinutes(5);
  private static final int RACES = 5;

  /** Phases of a DeleteBackupRequest of which Velero has done nothing yet. */
  private static final Set<String> NOT_BEGUN = Set.of("null", "", "New");

  private DataDeletion() {}

  /**
   * What becomes of the data of a resource that goes: it stays unless the resource says otherwise,
   * and as long as it cannot be read what may be done with it.
   *
   * @param written the resource's own policy, null where it has none
   */
  static DeletionPolicy policy(HasMetadata resource, @Nullable DeletionPolicy written) {
    return written == null || Unreadable.at(resource, "spec.managementPolicies")
        ? DeletionPolicy.Retain
        : written;
  }

  /** UID of the hub that made a backup; null for those of earlier releases. */
  static @Nullable String maker(GenericKubernetesResource backup) {
    return Annotations.of(backup).get(Names.HUB_UID_ANNOTATION);
  }

  /** The request for a backup; asking twice is one request. */
  static GenericKubernetesResource request(
      Target.Reached target, GenericKubernetesResource backup) {
    return Backups.deleteRequest(
        backup.getMetadata().getName(), backup.getMetadata().getUid(), target.namespace());
  }

  /**
   * Sees to it that Velero is asked.
   *
   * @return what went wrong, where it was asked before
   */
  static Optional<String> ask(
      Target.Reached target, GenericKubernetesResource backup, Instant now) {
    return ask(target, backup, Map.of(), now);
  }

  /**
   * The same where the requests are known already.
   *
   * @param asked by name
   */
  static Optional<String> ask(
      Target.Reached target,
      GenericKubernetesResource backup,
      Map<String, GenericKubernetesResource> asked,
      Instant now) {
    GenericKubernetesResource wanted = request(target, backup);
    GenericKubernetesResource known = asked.get(wanted.getMetadata().getName());
    Optional<GenericKubernetesResource> before =
        known == null ? before(target, wanted) : Optional.of(known);
    List<String> errors = before.map(DataDeletion::errors).orElse(List.of());
    if (errors.isEmpty()) {
      return Optional.empty();
    }
    forgetOldFailure(target, before.orElseThrow(), now);
    return Optional.of(
        "Velero could not delete Backup "
            + backup.getMetadata().getName()
            + ": "
            + String.join("; ", errors));
  }

  /**
   * Takes back what Velero was asked, where it has not begun: the data is to stay after all.
   *
   * @return whether Velero had begun, so that the data cannot be kept any more
   */
  static boolean takeBack(Target.Reached target, GenericKubernetesResource backup) {
    GenericKubernetesResource like = request(target, backup);
    for (int race = 0; race < RACES; race++) {
      Optional<GenericKubernetesResource> asked =
          target
              .cluster()
              .get(
                  VeleroKind.DeleteBackupRequest, target.namespace(), like.getMetadata().getName());
      if (asked.isEmpty() || !errors(asked.get()).isEmpty()) {
        return false;
      }
      if (!NOT_BEGUN.contains(String.valueOf(asked.get().<Object>get("status", "phase")))) {
        return true;
      }
      try {
        target.cluster().deleteUnchanged(asked.get());
        return false;
      } catch (MemberApiException e) {
        if (!e.conflict()) {
          throw e;
        }
      }
    }
    return true;
  }

  /** Asks, and gives the request that was there before where there was one. */
  private static Optional<GenericKubernetesResource> before(
      Target.Reached target, GenericKubernetesResource wanted) {
    try {
      target.cluster().create(wanted);
      return Optional.empty();
    } catch (MemberApiException e) {
      if (!e.conflict()) {
        throw e;
      }
      return target
          .cluster()
          .get(VeleroKind.DeleteBackupRequest, target.namespace(), wanted.getMetadata().getName());
    }
  }

  private static List<String> errors(GenericKubernetesResource request) {
    Object errors = request.get("status", "errors");
    return "Processed".equals(request.get("status", "phase"))
            && errors instanceof List<?> list
            && !list.isEmpty()
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** Velero keeps a failed request for a day and does not try again; removed, it is asked anew. */
  private static void forgetOldFailure(
      Target.Reached target, GenericKubernetesResource request, Instant now) {
    Instant asked = Times.read(request.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH);
    if (asked.plus(RETRY_FAILED_REQUEST).isBefore(now)) {
      target.cluster().delete(request);
    }
  }

  /**
   * Sees to it that Velero does not delete another's data when a Backup of the same name expires
   * that failed because of it.
   */
  static void keepOthersData(Target.Reached target, String name) {
    target
        .cluster()
        .get(VeleroKind.Backup, target.namespace(), name)
        .filter(NameClash::expires)
        .ifPresent(failed -> target.cluster().patch(failed, NameClash.withoutExpiration(failed)));
  }
}
