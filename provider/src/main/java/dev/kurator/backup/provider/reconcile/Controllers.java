package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * How the framework runs the reconcilers: what is news to them, how fast, and when to try again.
 */
final class Controllers {

  private static final String FIELD_MANAGER = "provider-velero";
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Settings settings;
  private final Operator operator;
  private final StartRate managed;

  /**
   * Registrations are looked at at a rate of their own: they must not slow down what they count.
   */
  private final StartRate registrations;

  /**
   * None runs yet.
   *
   * @param election null where no other replica may run
   */
  Controllers(
      Settings settings,
      KubernetesClient hub,
      ProviderMetrics metrics,
      @Nullable Election election) {
    this.settings = settings;
    this.operator = new Operator(overrider -> configure(overrider, hub, metrics, election));
    this.managed = new StartRate(settings.maxReconcileRate(), System::nanoTime);
    this.registrations = new StartRate(settings.maxReconcileRate(), System::nanoTime);
  }

  private static void configure(
      ConfigurationServiceOverrider overrider,
      KubernetesClient hub,
      ProviderMetrics metrics,
      @Nullable Election election) {
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

  /** One for a kind of managed resource. */
  <R extends HasMetadata> void add(ManagedKind kind, Reconciler<R> reconciler) {
    operator.register(
        reconciler,
        overrider ->
            configure(overrider, kind.name().toLowerCase(Locale.ROOT), managed)
                .withFinalizer(Names.FINALIZER));
  }

  /** One for a kind of registration. */
  <R extends HasMetadata> void add(String name, Reconciler<R> reconciler) {
    operator.register(
        reconciler,
        overrider -> configure(overrider, name, registrations).withFinalizer(ConfigCare.FINALIZER));
  }

  private <R extends HasMetadata> ControllerConfigurationOverrider<R> configure(
      ControllerConfigurationOverrider<R> overrider, String name, StartRate rate) {
    return overrider
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

  /** All begin; on a hub that waits for its lease, once it has it. */
  void start() {
    operator.start();
  }

  /** Running reconciles may end, within a grace. */
  void stop() {
    operator.stop();
  }
}
