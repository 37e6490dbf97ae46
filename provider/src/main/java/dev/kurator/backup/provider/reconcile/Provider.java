package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.member.MemberListener;
import dev.kurator.backup.provider.member.Members;
import dev.kurator.backup.provider.member.Timing;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running provider: its controllers, watches and members. */
public final class Provider implements AutoCloseable {

  /** Finalizer of every managed resource; Crossplane's own has no slash, which fabric8 refuses. */
  public static final String FINALIZER = "velero.m.kurator.dev/finalizer";

  private static final Logger log = LoggerFactory.getLogger(Provider.class);
  private static final String FIELD_MANAGER = "provider-velero";
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final ProviderConfigs configs;
  private final ConfigUsers users;
  private final SecretWatches secrets;
  private final Members members;
  private final ExecutorService background;
  private final Operator operator;
  private final @Nullable Election election;

  private Provider(
      Settings settings,
      KubernetesClient hub,
      PrometheusRegistry registry,
      Function<MemberListener, Members> membership) {
    Clock clock = Clock.systemUTC();
    election =
        settings.leaseNamespace() == null ? null : new Election(hub, settings.leaseNamespace());
    background = Executors.newVirtualThreadPerTaskExecutor();
    Uses uses = new Uses();
    Triggers triggers = new Triggers(uses);
    States states = new States();
    LinkStates links = new LinkStates(triggers);
    ConfigEvents configEvents = new ConfigEvents();
    Clusters clusters = new Clusters(configEvents::changed);
    configs = new ProviderConfigs(hub, triggers::configChanged);
    users = new ConfigUsers(hub, clusters, configEvents::changed);
    secrets = new SecretWatches(hub, triggers::secretChanged);
    members = membership.apply(links);
    Targets targets = new Targets(configs::find, secrets, members, clusters, uses);
    Events events = new Events(hub, background);
    MemberLocks locks = new MemberLocks();
    Releases releases = new Releases(locks);
    Desk desk =
        new Desk(
            settings.hubId(), members, targets, uses, secrets, triggers, releases, events, states);
    ProviderMetrics metrics = new ProviderMetrics(registry, states, links::count);
    operator = new Operator(overrider -> configure(overrider, hub, metrics));
    StartRate rate = new StartRate(settings.maxReconcileRate(), System::nanoTime);
    operator.register(
        installs(
            desk,
            new Passwords(configs::find, secrets, uses),
            locks,
            new Neighbours(configs::find, clusters),
            settings,
            clock),
        o -> controller(o.withFinalizer(FINALIZER), "veleroinstall", settings, rate));
    Reasons reasons = new Reasons(background, triggers::wake);
    operator.register(
        new BackupReconciler(desk, reasons, settings.calm(), clock),
        o -> controller(o.withFinalizer(FINALIZER), "velerobackup", settings, rate));
    operator.register(
        new ScheduleReconciler(desk, settings.calm(), clock),
        o -> controller(o.withFinalizer(FINALIZER), "veleroschedule", settings, rate));
    operator.register(
        new RestoreReconciler(desk, reasons, settings.calm(), clock),
        o -> controller(o.withFinalizer(FINALIZER), "velerorestore", settings, rate));
    registerConfigs(new ConfigCare(users, clusters, events, clock), configEvents, settings);
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
        listener -> Members.open(Timing.DEFAULT, requests.of("member"), listener));
  }

  /** The same with other members. */
  static Provider start(
      Settings settings,
      KubernetesClient hub,
      PrometheusRegistry registry,
      Function<MemberListener, Members> membership) {
    Provider provider = new Provider(settings, hub, registry, membership);
    provider.operator.start();
    log.info(
        "Started for hub {}: poll {}, {} reconciles per second",
        settings.hubId(),
        settings.poll(),
        settings.maxReconcileRate());
    return provider;
  }

  /** At a rate of their own: they must not slow down the work that they count. */
  private void registerConfigs(ConfigCare care, ConfigEvents events, Settings settings) {
    StartRate rate = new StartRate(settings.maxReconcileRate(), System::nanoTime);
    operator.register(
        new ClusterProviderConfigReconciler(care, events),
        o ->
            controller(
                o.withFinalizer(ConfigCare.FINALIZER), "clusterproviderconfig", settings, rate));
    operator.register(
        new ProviderConfigReconciler(care, events),
        o -> controller(o.withFinalizer(ConfigCare.FINALIZER), "providerconfig", settings, rate));
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
        new InstallDeletion(locks, neighbours, engines, locations),
        clock);
  }

  private void configure(
      ConfigurationServiceOverrider overrider, KubernetesClient hub, ProviderMetrics metrics) {
    overrider
        .withKubernetesClient(hub)
        .withCloseClientOnStop(false)
        .withExecutorService(Executors.newVirtualThreadPerTaskExecutor())
        .withReconciliationTerminationTimeout(GRACE)
        // statuses are written by ourselves; finalizers by JSON patch leave no owner behind
        .withUseSSAToPatchPrimaryResource(false)
        .withMetrics(metrics);
    if (election != null) {
      overrider.withLeaderElectionConfiguration(election.configuration());
    }
  }

  private static <R extends HasMetadata> void controller(
      ControllerConfigurationOverrider<R> overrider,
      String name,
      Settings settings,
      StartRate rate) {
    overrider
        .withName(name)
        .withFieldManager(FIELD_MANAGER)
        .withGenerationAware(false)
        .withOnUpdateFilter(Links::desiredStateChanged)
        .withReconciliationMaxInterval(settings.poll())
        .withRateLimiter(rate)
        .withRetry(
            new GenericRetry()
                .setInitialInterval(Duration.ofSeconds(1))
                .setIntervalMultiplier(2)
                .setMaxInterval(Duration.ofMinutes(1).toMillis())
                .withoutMaxAttempts());
  }

  /** Lets running reconciles end, within a grace, and closes every connection but the hub's. */
  @Override
  public void close() {
    if (election != null) {
      election.leave();
    }
    operator.stop();
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
