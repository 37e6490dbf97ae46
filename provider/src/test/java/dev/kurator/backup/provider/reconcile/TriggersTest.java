package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.ProviderConfigReference.Kind;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is woken by what happens on a member. */
class TriggersTest {

  private static final ProviderConfigKey PARIS =
      new ProviderConfigKey(Kind.ClusterProviderConfig, null, "paris");

  private final Uses uses = new Uses();
  private final Triggers triggers = new Triggers(uses);
  private final List<String> woken = new ArrayList<>();

  private void listen(SimpleInboundEventSource<?> source) {
    source.setEventHandler(event -> woken.add(event.getRelatedCustomResourceID().getName()));
    source.start();
  }

  private void user(ManagedKind kind, String object) {
    uses.put(
        new User(kind, new ResourceID(kind.name(), "team-a")),
        Uses.Use.of(PARIS, Set.of(), Set.of(object)).quietWhile(() -> true));
  }

  @Test
  void aWatchThatCameUpWakesAllWhoDependOnItsKind() {
    listen(triggers.installs());
    listen(triggers.backups());
    listen(triggers.schedules());
    user(ManagedKind.VeleroInstall, "BackupStorageLocation/kb");
    user(ManagedKind.VeleroBackup, "Backup/b");
    user(ManagedKind.VeleroSchedule, "Schedule/s");

    triggers.changed(PARIS, "Backup", "velero", "");
    assertThat(woken).containsExactlyInAnyOrder("VeleroBackup", "VeleroSchedule");
    woken.clear();
    triggers.changed(PARIS, "BackupStorageLocation", "velero", "");
    assertThat(woken).containsExactly("VeleroInstall");
  }

  @Test
  void thatAMemberCannotBeWatchedWakesAllWhoDependOnIt() {
    listen(triggers.installs());
    listen(triggers.backups());
    listen(triggers.schedules());
    listen(triggers.restores());
    user(ManagedKind.VeleroInstall, "BackupStorageLocation/kb");
    user(ManagedKind.VeleroBackup, "Backup/b");
    user(ManagedKind.VeleroSchedule, "Schedule/s");
    uses.put(
        new User(ManagedKind.VeleroRestore, new ResourceID("elsewhere", "team-a")),
        Uses.Use.of(
            new ProviderConfigKey(Kind.ClusterProviderConfig, null, "rome"), Set.of(), Set.of()));

    triggers.changed(PARIS, "", "velero", "");

    assertThat(woken).containsExactlyInAnyOrder("VeleroInstall", "VeleroBackup", "VeleroSchedule");
  }

  @Test
  void aWatchOfAKindThatNobodyDependsOnWakesNobody() {
    listen(triggers.backups());
    user(ManagedKind.VeleroBackup, "Backup/b");

    triggers.changed(PARIS, "DeleteBackupRequest", "velero", "");

    assertThat(woken).isEmpty();
  }
}
