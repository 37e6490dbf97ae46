package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.member.MemberApiException;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes a deleted VeleroInstall's share off its member. Backup data stays, whatever happens. */
final class InstallDeletion {

  private static final String WAY_OUT = "; without Delete in managementPolicies it lets go";

  private final MemberLocks locks;
  private final Neighbours neighbours;
  private final EngineCare engines;
  private final LocationCare locations;
  private final HubLeases leases;

  InstallDeletion(
      MemberLocks locks,
      Neighbours neighbours,
      EngineCare engines,
      LocationCare locations,
      HubLeases leases) {
    this.locks = locks;
    this.neighbours = neighbours;
    this.engines = engines;
    this.locations = locations;
    this.leases = leases;
  }

  /** One step towards the end. */
  DeleteControl cleanup(InstallReport report, Supplier<Target> target) {
    VeleroInstall install = report.install();
    List<String> users = Links.usersOf(report.context(), install);
    if (!users.isEmpty()) {
      report.deleting("waiting for " + String.join(", ", users) + " to go", false);
      return again();
    }
    boolean mayDelete = Policies.of(install, install.getSpec().managementPolicies()).delete();
    if (!mayDelete || !Annotations.of(install).containsKey(Names.EXTERNAL_NAME)) {
      return DeleteControl.defaultDelete();
    }
    if (Unreadable.at(install, Unreadable.REFERENCE)) {
      report.letGoUnread(Unreadable.problem(install).orElse(Unreadable.REFERENCE));
      return DeleteControl.defaultDelete();
    }
    return switch (target.get()) {
      case Target.Connecting connecting -> again(Duration.ofSeconds(2));
      case Target.Unreachable unreachable -> away(report, unreachable.problem());
      case Target.Refused refused -> away(report, refused.problem());
      case Target.Waiting waiting -> wait(report, waiting.problem());
      case Target.OtherHub other -> {
        report.leftToOtherHub(other.problem());
        yield DeleteControl.defaultDelete();
      }
      case Target.Reached reached -> reached(report, reached);
    };
  }

  private DeleteControl reached(InstallReport report, Target.Reached target) {
    try {
      Optional<String> underWay = locks.during(target.identity(), () -> leave(report, target));
      if (underWay.isPresent()) {
        report.deleting(underWay.get(), false);
        return again(Duration.ofSeconds(2));
      }
      report.left(target.name());
      return DeleteControl.defaultDelete();
    } catch (MemberApiException e) {
      return wait(report, e.text());
    }
  }

  private Optional<String> leave(InstallReport report, Target.Reached target) {
    VeleroInstall install = report.install();
    List<VeleroInstall> all =
        neighbours.withRevoked(target, key -> Links.installsOf(report.context(), key));
    List<VeleroInstall> others = Sharing.others(install, all);
    Optional<String> underWay =
        InstallRecord.location(install)
            .filter(name -> others.stream().noneMatch(one -> InstallRecord.mayUse(one, name)))
            .flatMap(name -> locations.remove(target, name));
    if (underWay.isPresent()) {
      return underWay;
    }
    boolean uninstall = target.engine().removal() == EngineSettings.Removal.Uninstall;
    if (others.isEmpty() && uninstall && !target.engineObserved()) {
      engines.uninstall(target);
    }
    if (others.isEmpty()) {
      leases.release(target);
    }
    return Optional.empty();
  }

  /** A member that was never reached has nothing to be taken off, and may never answer. */
  private static DeleteControl away(InstallReport report, String problem) {
    if (report.touched()) {
      return wait(report, problem);
    }
    report.letGo(problem);
    return DeleteControl.defaultDelete();
  }

  private static DeleteControl wait(InstallReport report, String problem) {
    report.deleting(problem + WAY_OUT, true);
    return again();
  }

  private static DeleteControl again() {
    return again(Duration.ofSeconds(30));
  }

  private static DeleteControl again(Duration delay) {
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(delay);
  }
}
