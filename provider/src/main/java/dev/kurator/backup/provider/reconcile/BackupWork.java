package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.AccessMode;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.provider.member.Seen;
import dev.kurator.backup.provider.velero.BackupPhase;
import dev.kurator.backup.provider.velero.Backups;
import dev.kurator.backup.provider.velero.Existing;
import dev.kurator.backup.provider.velero.Location;
import dev.kurator.backup.provider.velero.LocationReadiness;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One look at a VeleroBackup's reachable member, and at most one Velero Backup made there. */
final class BackupWork {

  private static final int RACES = 5;

  private final Desk desk;
  private final @Nullable VeleroInstall install;
  private final Target.Reached target;
  private VeleroBackup backup;
  private @Nullable Set<String> released;

  BackupWork(
      Desk desk, VeleroBackup backup, @Nullable VeleroInstall install, Target.Reached target) {
    this.desk = desk;
    this.backup = backup;
    this.install = install;
    this.target = target;
  }

  /** Writes annotations to the hub and gives the resource as it is then. */
  @FunctionalInterface
  interface Annotator {
    /** See {@link Annotations#write}. */
    VeleroBackup write(VeleroBackup backup, Map<String, String> annotations);
  }

  /**
   * What was decided and, where it was to create or adopt, done.
   *
   * @param backup the resource as it is now
   */
  record Result(VeleroBackup backup, BackupStep step) {}

  /** Name of Velero's Backup for messages. */
  String shownName() {
    return BackupReconciler.shown(backup);
  }

  /**
   * Decides and acts.
   *
   * @throws MemberTrouble where the member fails
   */
  Result proceed(Annotator hub, Instant now) {
    for (int race = 0; race < RACES; race++) {
      BackupStep step = decide(now);
      switch (step) {
        case BackupStep.Create create -> {
          announce(hub, create.name(), now);
          if (create(create.name())) {
            return new Result(backup, step);
          }
        }
        case BackupStep.Adopt adopt -> {
          backup = hub.write(backup, Map.of(Names.EXTERNAL_NAME, adopt.name()));
          watchObject(adopt.name());
          return new Result(backup, step);
        }
        case BackupStep.Rest rest -> {
          return new Result(backup, step);
        }
        case BackupStep.Wait wait -> {
          return new Result(backup, step);
        }
        case BackupStep.Watch watch -> {
          return new Result(backup, step);
        }
        case BackupStep.End end -> {
          return new Result(backup, step);
        }
      }
    }
    return new Result(backup, new BackupStep.Wait("the name of Velero's Backup is contended"));
  }

  private BackupStep decide(Instant now) {
    BackupSituation situation = BackupSituation.of(backup, now);
    try {
      return BackupDecisions.decide(situation, sight(situation));
    } catch (KubernetesClientException e) {
      throw MemberTrouble.of(target.name(), e);
    }
  }

  /** The member as far as this backup is concerned. */
  Sight sight(BackupSituation situation) {
    if (install == null && situation.phase() == null) {
      return new Sight.Blind(noInstall());
    }
    return new Sight.Clear(name -> look(situation, name), this::obstacle);
  }

  private Optional<Sight.Found> look(BackupSituation situation, String name) {
    if (situation.phase() == null && released().contains(name)) {
      return Optional.of(new Sight.Found(new Existing.Released(), BackupReport.fresh()));
    }
    // what was never seen is judged by what is there now: a cache may still lack a release
    Optional<GenericKubernetesResource> object =
        situation.phase() != null
                && target.member().velero(VeleroKind.Backup, name)
                    instanceof Seen.Present<GenericKubernetesResource>(var cached)
            ? Optional.of(cached)
            : target.cluster().get(VeleroKind.Backup, target.namespace(), name);
    return object.map(found -> new Sight.Found(match(found), observation(found)));
  }

  private Set<String> released() {
    if (released == null) {
      released =
          install == null
              ? Set.of()
              : desk.releases().of(target, Location.name(install.getSpec().forProvider()));
    }
    return released;
  }

  private Existing match(GenericKubernetesResource found) {
    if (install == null) {
      return new Existing.Taken(noInstall());
    }
    return Backups.matches(
        found,
        Backups.policyHash(backup.getSpec().forProvider()),
        Location.name(install.getSpec().forProvider()),
        target.identities());
  }

  private static VeleroBackupObservation observation(GenericKubernetesResource found) {
    VeleroBackupObservation seen = Backups.observation(found);
    return seen.phase() == null ? BackupReport.fresh() : seen;
  }

  private String noInstall() {
    return "VeleroInstall " + backup.getSpec().forProvider().installName() + " does not exist";
  }

  private Optional<String> obstacle() {
    if (install == null) {
      return Optional.of(noInstall());
    }
    String who = "VeleroInstall " + install.getMetadata().getName();
    if (!install.getSpec().providerConfigRef().equals(backup.getSpec().providerConfigRef())) {
      return Optional.of(who + " is for another member; both need the same providerConfigRef");
    }
    if (install.isMarkedForDeletion()) {
      return Optional.of(who + " is being deleted");
    }
    if (install.getSpec().forProvider().accessMode() == AccessMode.ReadOnly) {
      return Optional.of(who + " is ReadOnly; backups need accessMode ReadWrite");
    }
    return notReady(install)
        .map(reason -> "waiting for " + who + reason)
        .or(() -> locationObstacle(Location.name(install.getSpec().forProvider())));
  }

  private static Optional<String> notReady(VeleroInstall install) {
    VeleroInstallStatus status = install.getStatus();
    if (status == null) {
      return Optional.of("");
    }
    if (Mark.isTrue(status.conditions(), Condition.READY)) {
      return Optional.empty();
    }
    Condition synced = Mark.find(status.conditions(), Condition.SYNCED);
    Condition ready = Mark.find(status.conditions(), Condition.READY);
    Condition telling = synced != null && synced.status().equals("False") ? synced : ready;
    return Optional.of(
        telling == null || telling.message() == null ? "" : ": " + telling.message());
  }

  /** The install's status may be older than the member's state: the last word is the member's. */
  private Optional<String> locationObstacle(String location) {
    Optional<GenericKubernetesResource> there =
        target.cluster().get(VeleroKind.BackupStorageLocation, target.namespace(), location);
    if (there.isEmpty()) {
      return Optional.of("BackupStorageLocation " + location + " is gone; waiting for it");
    }
    return switch (Location.readiness(there.get(), new byte[0])) {
      // Why is the install's to say: it alone holds the credentials to keep out of the message.
      case LocationReadiness.NotReady notReady ->
          Optional.of("BackupStorageLocation " + location + " is not ready any more");
      case LocationReadiness.Ready ready -> foreignBackup(location);
    };
  }

  private Optional<String> foreignBackup(String location) {
    return target.cluster().list(VeleroKind.Backup, target.namespace(), Map.of()).stream()
        .filter(other -> location.equals(other.get("spec", "storageLocation")))
        .map(other -> other.getMetadata().getLabels())
        .filter(Objects::nonNull)
        .map(labels -> labels.get(Names.MEMBER_LABEL))
        .filter(identity -> identity != null && !target.identities().contains(identity))
        .sorted()
        .findFirst()
        .map(
            identity ->
                "the bucket's folder for "
                    + target.name()
                    + " holds backups of a different cluster; if this one takes its place, set"
                    + " spec.replaces: "
                    + identity
                    + " on ClusterProviderConfig "
                    + target.name());
  }

  /** On the hub before anything is on the member, so that a crash in between is found out. */
  private void announce(Annotator hub, String name, Instant now) {
    Map<String, String> annotations = Annotations.of(backup);
    if (!name.equals(annotations.get(Names.EXTERNAL_NAME))
        || !annotations.containsKey(Names.EXTERNAL_CREATE_PENDING)) {
      backup =
          hub.write(
              backup,
              Map.of(
                  Names.EXTERNAL_NAME,
                  name,
                  Names.EXTERNAL_CREATE_PENDING,
                  now.truncatedTo(ChronoUnit.SECONDS).toString()));
    }
    watchObject(name);
  }

  private void watchObject(String name) {
    desk.uses().objects(User.of(ManagedKind.VeleroBackup, backup), BackupReconciler.objects(name));
  }

  private boolean create(String name) {
    VeleroBackupParameters parameters = backup.getSpec().forProvider();
    String location = Location.name(Objects.requireNonNull(install).getSpec().forProvider());
    try {
      target
          .cluster()
          .create(
              Backups.backup(
                  name, target.namespace(), parameters, location, desk.hubId(), target.identity()));
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw MemberTrouble.of(target.name(), e);
    }
  }

  /** Whether the watch still shows a backup in the same stage of its life. */
  static boolean same(Target.Reached target, String name, VeleroBackupObservation seen) {
    return target.member().velero(VeleroKind.Backup, name)
            instanceof Seen.Present<GenericKubernetesResource>(var now)
        && BackupPhase.of(Backups.observation(now).phase()) == BackupPhase.of(seen.phase());
  }
}
