package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets go of a deleted VeleroBackup, or has Velero delete the data first. */
final class BackupDeletion {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration RETRY_FAILED_REQUEST = Duration.ofMinutes(5);

  private final Desk desk;
  private final Clock clock;

  BackupDeletion(Desk desk, Clock clock) {
    this.desk = desk;
    this.clock = clock;
  }

  /** One step towards the end. */
  DeleteControl cleanup(User user, VeleroBackup backup, Context<VeleroBackup> context) {
    Instant now = clock.instant();
    BackupReport report = new BackupReport(desk, context, backup, now);
    VeleroBackupSpec spec = backup.getSpec();
    Policies policies = Policies.of(backup, spec.managementPolicies());
    if (policies.paused()) {
      report.paused();
      return DeleteControl.noFinalizerRemoval();
    }
    BackupSituation situation = BackupSituation.of(backup, now);
    String name = situation.externalName();
    if (name == null) {
      return DeleteControl.defaultDelete();
    }
    DeletionPolicy policy =
        Objects.requireNonNullElse(spec.forProvider().deletionPolicy(), DeletionPolicy.Retain);
    Target target =
        desk.targets()
            .resolve(user, spec.providerConfigRef(), Set.of(), BackupReconciler.objects(name));
    VeleroInstall install = Links.installOf(context, backup).orElse(null);
    try {
      Sight sight = sight(situation, backup, install, target);
      boolean patient = target instanceof Target.Connecting && fresh(backup, now);
      DeletionStep step =
          DeletionDecisions.decide(situation, policies.delete(), policy, patient, sight);
      return perform(report, target, step, policy);
    } catch (KubernetesClientException e) {
      return failed(report, MemberTrouble.of(spec.providerConfigRef().name(), e), policy);
    }
  }

  private Sight sight(
      BackupSituation situation,
      VeleroBackup backup,
      @Nullable VeleroInstall install,
      Target target) {
    return switch (target) {
      case Target.Connecting connecting ->
          new Sight.Blind("connecting to cluster " + connecting.name());
      case Target.Unreachable unreachable -> new Sight.Blind(unreachable.problem());
      case Target.Refused refused -> new Sight.Blind(refused.problem());
      case Target.Reached reached -> {
        reached.member().watch(reached.namespace());
        BackupWork work = new BackupWork(desk, backup, install, reached);
        yield work.sight(situation);
      }
    };
  }

  private static boolean fresh(VeleroBackup backup, Instant now) {
    Instant deleted = Instant.parse(backup.getMetadata().getDeletionTimestamp());
    return now.isBefore(deleted.plus(PATIENCE));
  }

  private DeleteControl perform(
      BackupReport report, Target target, DeletionStep step, DeletionPolicy policy) {
    return switch (step) {
      case DeletionStep.LetGo letGo -> {
        if (policy == DeletionPolicy.Delete) {
          desk.events()
              .normal(
                  report.backup(), EventReason.DeletedExternalResource, "Velero's Backup is gone");
        }
        yield DeleteControl.defaultDelete();
      }
      case DeletionStep.Await await -> {
        if (report.deleting(await.message(), await.failing()) && await.failing()) {
          desk.events()
              .warning(report.backup(), EventReason.CannotDeleteExternalResource, await.message());
        }
        yield again(
            policy == DeletionPolicy.Retain ? Duration.ofSeconds(2) : BackupReconciler.AGAIN);
      }
      case DeletionStep.Release release -> {
        release((Target.Reached) target, release.name(), report.now());
        yield DeleteControl.defaultDelete();
      }
      case DeletionStep.Request request -> request(report, (Target.Reached) target, request.name());
    };
  }

  /** Whether or not the label was set, a Retain lets go: the data stays in any case. */
  private DeleteControl failed(BackupReport report, MemberTrouble trouble, DeletionPolicy policy) {
    if (policy == DeletionPolicy.Retain) {
      return DeleteControl.defaultDelete();
    }
    report.deleting(trouble.text(), true);
    return again(BackupReconciler.AGAIN);
  }

  private void release(Target.Reached target, String name, Instant now) {
    target
        .cluster()
        .get(VeleroKind.Backup, target.namespace(), name)
        .ifPresent(
            backup -> {
              if (backup.get("spec", "storageLocation") instanceof String location) {
                desk.releases().add(target, name, location, now);
              }
              target.cluster().label(backup, Map.of(Names.RELEASED_LABEL, "true"));
            });
  }

  private DeleteControl request(BackupReport report, Target.Reached target, String name) {
    Optional<GenericKubernetesResource> backup =
        target.cluster().get(VeleroKind.Backup, target.namespace(), name);
    if (backup.isEmpty()) {
      return again(Duration.ofSeconds(1));
    }
    GenericKubernetesResource wanted =
        Backups.deleteRequest(name, backup.get().getMetadata().getUid(), target.namespace());
    desk.uses()
        .objects(
            User.of(ManagedKind.VeleroBackup, report.backup()),
            Set.of("Backup/" + name, "DeleteBackupRequest/" + wanted.getMetadata().getName()));
    Optional<GenericKubernetesResource> asked = ask(target, wanted);
    // after the request: a released backup without one would be kept for ever
    release(target, name, report.now());
    List<String> errors = asked.map(BackupDeletion::errors).orElse(List.of());
    if (errors.isEmpty()) {
      report.deleting("Velero is deleting Backup " + name + " and its data", false);
      return again(BackupReconciler.AGAIN);
    }
    String problem = "Velero could not delete Backup " + name + ": " + String.join("; ", errors);
    if (report.deleting(problem, true)) {
      desk.events().warning(report.backup(), EventReason.CannotDeleteExternalResource, problem);
    }
    forgetOldFailure(target, asked.orElseThrow(), report.now());
    return again(BackupReconciler.AGAIN);
  }

  private static Optional<GenericKubernetesResource> ask(
      Target.Reached target, GenericKubernetesResource wanted) {
    try {
      target.cluster().create(wanted);
      return Optional.empty();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
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
    Instant asked = Instant.parse(request.getMetadata().getCreationTimestamp());
    if (asked.plus(RETRY_FAILED_REQUEST).isBefore(now)) {
      target.cluster().delete(request);
    }
  }

  private static DeleteControl again(Duration delay) {
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(delay);
  }
}
