package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.provider.member.MemberApiException;
import dev.kurator.backup.provider.velero.Times;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lets go of a deleted VeleroBackup, or has Velero delete the data first. */
final class BackupDeletion {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Desk desk;

  BackupDeletion(Desk desk) {
    this.desk = desk;
  }

  /** One step towards the end. */
  DeleteControl step(BackupReport report) {
    VeleroBackup backup = report.resource();
    Operation operation = report.operation();
    Target target = report.targetOfDeletion();
    if (target instanceof Target.OtherHub(String problem)) {
      if (operation.policies().delete()) {
        report.leftToOtherHub(problem);
      }
      return DeleteControl.defaultDelete();
    }
    DeletionPolicy policy = policy(report, target);
    try {
      OneTimeSituation<VeleroBackupObservation> situation = report.situation();
      if (policy == DeletionPolicy.Retain
          && operation.policies().delete()
          && target instanceof Target.Reached reached) {
        takeBack(report, reached, situation);
      }
      boolean patient =
          target instanceof Target.Waiting
              || (target instanceof Target.Connecting && fresh(backup, report.now()));
      DeletionStep step =
          DeletionDecisions.decide(
              situation,
              operation.policies().delete(),
              policy,
              patient,
              sight(report, situation, target),
              () ->
                  target instanceof Target.Reached reached
                      ? Readers.of(
                          report.context().getClient(),
                          reached,
                          backup.getMetadata().getNamespace())
                      : Readers.NONE);
      return perform(report, target, step, policy);
    } catch (MemberApiException e) {
      return failed(report, e, policy);
    }
  }

  /** Nothing is deleted any more that Velero was asked to delete before the policy was edited. */
  private static void takeBack(
      BackupReport report,
      Target.Reached target,
      OneTimeSituation<VeleroBackupObservation> situation) {
    String name = situation.externalName();
    if (name == null || situation.ownership() == Ownership.None) {
      return;
    }
    Map<String, String> labels = report.resource().getSpec().forProvider().labels();
    target
        .cluster()
        .get(VeleroKind.Backup, target.namespace(), name)
        .filter(backup -> report.footing(target).origin().stranger(backup, labels).isEmpty())
        .filter(backup -> DataDeletion.takeBack(target, backup))
        .ifPresent(backup -> report.deletionHadBegun(name));
  }

  /**
   * Data is deleted only where it is sure which bucket it is in: a backup of another one may have
   * all the same labels.
   */
  private static DeletionPolicy policy(BackupReport report, Target target) {
    VeleroBackup backup = report.resource();
    boolean unsure =
        target instanceof Target.Reached reached
            && report.footing(reached).recordedLocation().isEmpty();
    DeletionPolicy written =
        DataDeletion.policy(backup, backup.getSpec().forProvider().deletionPolicy());
    if (unsure && written == DeletionPolicy.Delete) {
      report.retained(
          "VeleroInstall %s does not say which bucket it is in"
              .formatted(report.operation().installName()));
      return DeletionPolicy.Retain;
    }
    return written;
  }

  private static Sight<VeleroBackupObservation> sight(
      BackupReport report, OneTimeSituation<VeleroBackupObservation> situation, Target target) {
    return switch (target) {
      case Target.Connecting connecting ->
          new Sight.Blind<>("connecting to cluster " + connecting.name());
      case Target.Unreachable unreachable -> new Sight.Blind<>(unreachable.problem());
      case Target.Refused refused -> new Sight.Blind<>(refused.problem());
      case Target.Waiting waiting -> new Sight.Blind<>(waiting.problem());
      case Target.OtherHub other -> new Sight.Blind<>(other.problem());
      case Target.Reached reached ->
          new BackupLook(report.resource(), report.footing(reached)).sightForDeletion(situation);
    };
  }

  private static boolean fresh(VeleroBackup backup, Instant now) {
    return Times.read(backup.getMetadata().getDeletionTimestamp())
        .map(deleted -> now.isBefore(deleted.plus(PATIENCE)))
        .orElse(false);
  }

  private DeleteControl perform(
      BackupReport report, Target target, DeletionStep step, DeletionPolicy policy) {
    return switch (step) {
      case DeletionStep.LetGo letGo -> {
        if (letGo.gone()) {
          desk.events()
              .normal(
                  report.resource(),
                  EventReason.DeletedExternalResource,
                  "Velero's Backup is gone");
        }
        yield DeleteControl.defaultDelete();
      }
      case DeletionStep.Leave leave -> {
        if (policy == DeletionPolicy.Delete) {
          report.retained(leave.reason());
        }
        yield DeleteControl.defaultDelete();
      }
      case DeletionStep.Await await -> {
        report.deleting(await.message(), await.failing());
        yield PatientDeletion.next(
            policy == DeletionPolicy.Retain ? PatientDeletion.SOON : PatientDeletion.AGAIN);
      }
      case DeletionStep.Release release -> {
        release((Target.Reached) target, release.name(), report.now());
        yield DeleteControl.defaultDelete();
      }
      case DeletionStep.Request request -> request(report, (Target.Reached) target, request.name());
    };
  }

  /** After a while a Retain loses its finalizer, labelled or not: the data stays in any case. */
  private static DeleteControl failed(
      BackupReport report, MemberApiException failure, DeletionPolicy policy) {
    boolean retain = policy == DeletionPolicy.Retain;
    if (retain && !fresh(report.resource(), report.now())) {
      return DeleteControl.defaultDelete();
    }
    report.deleting(failure.text(), true);
    return PatientDeletion.next(retain ? PatientDeletion.SOON : PatientDeletion.AGAIN);
  }

  private void release(Target.Reached target, String name, Instant now) {
    target
        .cluster()
        .get(VeleroKind.Backup, target.namespace(), name)
        .ifPresent(
            backup -> {
              if (backup.get("spec", "storageLocation") instanceof String location) {
                desk.releases().add(target, VeleroKind.Backup, name, location, now);
              }
              target.cluster().label(backup, Map.of(Names.RELEASED_LABEL, "true"));
            });
  }

  private DeleteControl request(BackupReport report, Target.Reached target, String name) {
    Optional<GenericKubernetesResource> backup =
        target.cluster().get(VeleroKind.Backup, target.namespace(), name);
    if (backup.isEmpty()) {
      return PatientDeletion.next(Duration.ofSeconds(1));
    }
    String maker = DataDeletion.maker(backup.get());
    if (!desk.leases().mayDeleteDataOf(maker, target.registration())) {
      report.keptForOtherHub("Velero's Backup " + name, maker);
      release(target, name, report.now());
      return DeleteControl.defaultDelete();
    }
    String request = DataDeletion.request(target, backup.get()).getMetadata().getName();
    desk.uses().objects(report.user(), Set.of("Backup/" + name, "DeleteBackupRequest/" + request));
    Optional<String> problem = DataDeletion.ask(target, backup.get(), report.now());
    // after the request: a released backup without one would be kept for ever
    release(target, name, report.now());
    report.deleting(
        problem.orElse("Velero is deleting Backup " + name + " and its data"), problem.isPresent());
    return PatientDeletion.next(PatientDeletion.AGAIN);
  }
}
