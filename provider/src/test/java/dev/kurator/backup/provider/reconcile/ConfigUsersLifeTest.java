package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.ProviderConfigStatus;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.provider.member.MemberListener;
import dev.kurator.backup.provider.member.Members;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** When a registration's status is written: each write makes all claims of its fleet reconcile. */
@Execution(ExecutionMode.CONCURRENT)
class ConfigUsersLifeTest extends ProviderLife {

  private final ManualClock clock = new ManualClock();
  private final Doors doors = new Doors(velero);

  @Override
  Clock clock() {
    return clock;
  }

  @Override
  Members members(MemberListener listener) {
    return doors.attach(listener);
  }

  private Resource<ClusterProviderConfig> config() {
    return hub.resources(ClusterProviderConfig.class).withName(Samples.MEMBER);
  }

  private static Predicate<ClusterProviderConfig> users(long count) {
    return config ->
        config != null
            && config.getStatus() != null
            && Objects.equals(config.getStatus().users(), count);
  }

  private static Predicate<ClusterProviderConfig> says(String part) {
    return config ->
        config != null
            && config.getStatus() != null
            && config.getStatus().conditions().toString().contains(part);
  }

  private Resource<VeleroBackup> user(int number) {
    return hub.resource(Samples.backup("user-" + number, null, "1h"));
  }

  /** A reconcile, as every change of a registration is one. */
  private void poke() {
    edit(
        config(),
        config -> {
          config.getMetadata().setLabels(Map.of("poked", clock.instant().toString()));
          return config;
        });
  }

  /** The clock goes on, and the registration is looked at again and again. */
  private void awaitAfter(Duration interval, Predicate<ClusterProviderConfig> condition) {
    until(
        () -> {
          clock.forward(interval);
          poke();
          return condition.test(config().get());
        });
  }

  /** Every status that is written, without those of other changes. */
  private record Statuses(List<ProviderConfigStatus> written)
      implements Watcher<ClusterProviderConfig> {

    @Override
    public void eventReceived(Action action, ClusterProviderConfig config) {
      ProviderConfigStatus status = config.getStatus();
      if (status != null && !written.getLast().equals(status)) {
        written.add(status);
      }
    }

    @Override
    public void onClose(WatcherException cause) {}

    /** From now on. */
    static Statuses of(ClusterProviderConfig config) {
      return new Statuses(new CopyOnWriteArrayList<>(List.of(config.getStatus())));
    }

    List<Long> users() {
      return written.stream().map(ProviderConfigStatus::users).toList();
    }
  }

  @Test
  void theFirstUserAndTheLastAreWrittenAndNoneInBetween() {
    register();
    Statuses statuses = Statuses.of(await(config(), users(0)));
    try (Watch _ = config().watch(statuses)) {
      user(0).create();
      await(config(), users(1));
      for (int number = 1; number < 50; number++) {
        user(number).create();
        user(number - 1).delete();
        // time enough to write each one, if that were allowed
        await(user(number - 1), ProviderLife::gone);
      }
      user(49).delete();
      until(() -> statuses.users().size() > 2);
      await(config(), users(0));
      assertThat(statuses.users()).containsExactly(0L, 1L, 0L);
    }
  }

  @Test
  void howManyThereAreIsWrittenAfterTenMinutes() {
    register();
    user(0).create();
    await(config(), users(1));
    for (int number = 1; number < 5; number++) {
      user(number).create();
    }
    awaitAfter(ConfigCare.RARELY, users(5));
  }

  @Test
  void aProviderThatStartsWritesNothingThatMayWait() {
    register();
    user(0).create();
    await(config(), users(1));
    provider.close();
    user(1).create();
    edit(
        config(),
        config -> {
          config.getMetadata().setFinalizers(List.of());
          return config;
        });
    Statuses statuses = Statuses.of(config().get());
    try (Watch _ = config().watch(statuses)) {
      provider = begin();
      await(config(), config -> !config.getMetadata().getFinalizers().isEmpty());
      for (int number = 2; number < 10; number++) {
        user(number).create();
        // time enough to write each one, if that were allowed
        await(user(number), backup -> !backup.getMetadata().getFinalizers().isEmpty());
      }
      assertThat(statuses.users()).containsExactly(1L);
      awaitAfter(ConfigCare.RARELY, users(10));
    }
  }

  @Test
  void whoIsInTheWayOfADeletionIsWrittenEveryHalfMinute() {
    register();
    user(0).create();
    user(1).create();
    await(config(), users(0).negate().and(says("Available")));
    config().delete();
    await(config(), says("VeleroBackup team-a/user-0"));

    user(0).delete();
    await(user(0), ProviderLife::gone);
    awaitAfter(ConfigCare.DELETING, says("in use by VeleroBackup team-a/user-1,"));
    user(1).delete();
    await(config(), ProviderLife::gone);
  }

  @Test
  void anotherRegistrationOfTheClusterIsWrittenAfterTenMinutes() {
    register();
    hub.resource(Local.kubeconfig(Samples.NAMESPACE, "a kubeconfig")).create();
    hub.resource(Local.config(null)).create();
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    VeleroInstall second = Local.install("second", "store");
    hub.resource(second).create();
    await(install(), installSays(Condition.READY, "Available"));
    await(hub.resource(second), installSays(Condition.READY, "Available"));

    awaitAfter(ConfigCare.RARELY, says("names the same cluster as ProviderConfig team-a/own"));
    hub.resource(Local.config(null)).delete();
    hub.resource(second).delete();
    install().delete();
    await(install(), ProviderLife::gone);
    awaitAfter(ConfigCare.RARELY, config -> !says("names the same").test(config));
  }
}
