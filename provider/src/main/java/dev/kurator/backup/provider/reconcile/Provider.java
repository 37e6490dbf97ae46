package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.member.MemberListener;
import dev.kurator.backup.provider.member.Members;
import dev.kurator.backup.provider.member.Timing;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running provider: its controllers, watches and members. */
public final class Provider implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Provider.class);

  private final ProviderConfigs configs;
  private final ConfigUsers users;
  private final SecretWatches secrets;
  private final Members members;
  private final ExecutorService background;
  private final Controllers controllers;
  private final ReconcileFailures failures;
  private final Uses uses = new Uses();
  private final HubLeases leases;
  private final ScheduledExecutorService renewals =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("hub-leases").factory());
  private final @Nullable Election election;

  private Provider(
      Settings settings,
      KubernetesClient hub,
      PrometheusRegistry registry,
      Clock clock,
      LongSupplier nanos,
      Function<MemberListener, Members> membership) {
    election =
        settings.leaseNamespace() == null ? null : new Election(hub, settings.leaseNamespace());
    background = Executors.newVirtualThreadPerTaskExecutor();
    Triggers triggers = new Triggers(uses);
    States states = new States();
    LinkStates links = new LinkStates(triggers);
    ConfigEvents configEvents = new ConfigEvents();
    Clusters clusters = new Clusters(configEvents::changed);
    configs = new ProviderConfigs(hub, triggers::configChanged);
    users = new ConfigUsers(hub, clusters, configEvents::changed);
    secrets = new SecretWatches(hub, triggers::secretChanged);
    members = membership.apply(links);
    leases = leases(settings, hub, nanos, clusters, triggers, configEvents);
    Targets targets = new Targets(configs::find, secrets, members, clusters, uses, leases);
    Events events = new Events(hub, background);
    MemberLocks locks = new MemberLocks();
    Releases releases = new Releases(new ReleasesOnHub(hub, settings.leaseNamespace()));
    failures = new ReconcileFailures(hub, events, states, background, clock);
    Desk desk =
        new Desk(
            settings.hubId(),
            members,
            targets,
            leases,
            uses,
            secrets,
            triggers,
            releases,
            new TerminatingNamespaces(hub, targets, events),
            events,
            states,
            failures);
    ProviderMetrics metrics =
        new ProviderMetrics(registry, states, links::count, failures::outside);
    controllers = new Controllers(settings, hub, metrics, election);
    Passwords passwords = new Passwords(configs::find, secrets, uses);
    Neighbours neighbours = new Neighbours(configs::find, clusters);
    controllers.add(
        ManagedKind.VeleroInstall, installs(desk, passwords, locks, neighbours, settings, clock));
    Reasons reasons = new Reasons(background, triggers::wake);
    Duration calm = settings.calm();
    controllers.add(ManagedKind.VeleroBackup, new BackupReconciler(desk, reasons, calm, clock));
    controllers.add(ManagedKind.VeleroSchedule, new ScheduleReconciler(desk, reasons, calm, clock));
    controllers.add(ManagedKind.VeleroRestore, new RestoreReconciler(desk, reasons, calm, clock));
    ConfigCare care = new ConfigCare(users, clusters, leases, events, clock);
    controllers.add(
        "clusterproviderconfig", new ClusterProviderConfigReconciler(care, configEvents, failures));
    controllers.add("providerconfig", new ProviderConfigReconciler(care, configEvents, failures));
  }

  /**
   * Starts the provider; it works in the background until closed.
   *
   * @param hub client for the hub, which stays the caller's
   * @param requests counts those to members
   */
  public static Provider start(
      Settings settings, KubernetesClient hub, PrometheusRegistry registry, RequestCount requests) {
    return start(
        settings,
        hub,
        registry,
        Clock.systemUTC(),
        System::nanoTime,
        listener -> Members.open(Timing.DEFAULT, requests.of("member"), listener));
  }

  /** The same with other members, by other clocks. */
  static Provider start(
      Settings settings,
      KubernetesClient hub,
      PrometheusRegistry registry,
      Clock clock,
      LongSupplier nanos,
      Function<MemberListener, Members> membership) {
    Provider provider = new Provider(settings, hub, registry, clock, nanos, membership);
    provider.controllers.start();
    long look = provider.leases.timing().look().toMillis();
    var _ =
        provider.renewals.scheduleWithFixedDelay(
            provider::renewLeases, look, look, TimeUnit.MILLISECONDS);
    log.info(
        "Started for hub {}: poll {}, {} reconciles per second",
        settings.hubId(),
        settings.poll(),
        settings.maxReconcileRate());
    return provider;
  }

  private HubLeases leases(
      Settings settings,
      KubernetesClient hub,
      LongSupplier nanos,
      Clusters clusters,
      Triggers triggers,
      ConfigEvents configEvents) {
    LeaseTiming timing = new LeaseTiming(settings.leaseRenewal());
    HubTerms terms =
        new HubTerms(
            new ConfigMapRecord(hub, settings.ownNamespace()),
            timing.renewal(),
            nanos,
            HubTerms::randomTerm);
    return new HubLeases(
        settings.hubId(),
        terms,
        timing,
        nanos,
        configs::find,
        clusters,
        key -> {
          triggers.configChanged(key);
          configEvents.changed(key);
        });
  }

  /** Renews the Leases that are due, of all members in use. */
  void renewLeases() {
    try {
      leases.renew(uses.members(), background);
    } catch (RuntimeException e) {
      log.warn("Leases not renewed, tried again soon", e);
    }
  }

  private static InstallReconciler installs(
      Desk desk,
      Passwords passwords,
      MemberLocks locks,
      Neighbours neighbours,
      Settings settings,
      Clock clock) {
    Applied applied = new Applied(settings.poll());
    EngineCare engines = new EngineCare(desk.hubId(), desk.secrets(), applied);
    LocationCare locations = new LocationCare(desk.hubId(), desk.secrets(), applied);
    return new InstallReconciler(
        desk,
        passwords,
        new InstallWork(locks, neighbours, engines, locations),
        new InstallDeletion(locks, neighbours, engines, locations, desk.leases()),
        clock);
  }

  /** Lets running reconciles end, within a grace, and closes every connection but the hub's. */
  @Override
  public void close() {
    if (election != null) {
      election.leave();
    }
    renewals.shutdownNow();
    failures.stop();
    controllers.stop();
    if (election != null) {
      election.release();
    }
    members.close();
    secrets.close();
    users.close();
    configs.close();
    background.close();
  }
}
