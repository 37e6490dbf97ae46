package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroSchedule;
import dev.kurator.backup.provider.member.Link;
import dev.kurator.backup.provider.member.MemberListener;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import dev.kurator.backup.provider.velero.Schedules;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.Set;

/** Makes managed resources reconcile when something that they depend on changes. */
final class Triggers implements MemberListener {

  private final Uses uses;
  private final SimpleInboundEventSource<VeleroInstall> installs =
      new SimpleInboundEventSource<>("installs-from-outside");
  private final SimpleInboundEventSource<VeleroBackup> backups =
      new SimpleInboundEventSource<>("backups-from-outside");
  private final SimpleInboundEventSource<VeleroSchedule> schedules =
      new SimpleInboundEventSource<>("schedules-from-outside");
  private final SimpleInboundEventSource<VeleroRestore> restores =
      new SimpleInboundEventSource<>("restores-from-outside");

  Triggers(Uses uses) {
    this.uses = uses;
  }

  /** Where the controller of VeleroInstalls listens. */
  SimpleInboundEventSource<VeleroInstall> installs() {
    return installs;
  }

  /** Where the controller of VeleroBackups listens. */
  SimpleInboundEventSource<VeleroBackup> backups() {
    return backups;
  }

  /** Where the controller of VeleroSchedules listens. */
  SimpleInboundEventSource<VeleroSchedule> schedules() {
    return schedules;
  }

  /** Where the controller of VeleroRestores listens. */
  SimpleInboundEventSource<VeleroRestore> restores() {
    return restores;
  }

  /** A Secret on the hub changed. */
  void secretChanged(SecretName secret) {
    fire(uses.ofSecret(secret));
  }

  /** A registration of a member changed. */
  void configChanged(ProviderConfigKey config) {
    fire(uses.ofConfig(config));
  }

  @Override
  public void linkChanged(ProviderConfigKey member, Link link) {
    fire(uses.ofMember(member));
  }

  @Override
  public void changed(ProviderConfigKey member, String kind, String namespace, String name) {
    if (name.isEmpty()) {
      watched(member, kind);
      return;
    }
    fire(uses.ofObject(member, kind, name));
    if (kind.equals(VeleroKind.Backup.name())) {
      // who depends on a Schedule depends on its runs
      Schedules.ofRun(name)
          .ifPresent(of -> fire(uses.ofObject(member, VeleroKind.Schedule.name(), of)));
    }
  }

  /**
   * The watch of a kind came up: what happened before it is told by nobody. Without a kind, all of
   * them are affected.
   */
  private void watched(ProviderConfigKey member, String kind) {
    if (kind.isEmpty()) {
      fire(uses.ofMember(member));
      return;
    }
    fire(uses.ofKind(member, kind));
    if (kind.equals(VeleroKind.Backup.name())) {
      fire(uses.ofKind(member, VeleroKind.Schedule.name()));
    }
  }

  /** Something that the managed resource waited for has come. */
  void wake(User user) {
    fire(Set.of(user));
  }

  private void fire(Set<User> users) {
    for (User user : users) {
      switch (user.kind()) {
        case VeleroInstall -> installs.propagateEvent(user.id());
        case VeleroBackup -> backups.propagateEvent(user.id());
        case VeleroSchedule -> schedules.propagateEvent(user.id());
        case VeleroRestore -> restores.propagateEvent(user.id());
      }
    }
  }
}
