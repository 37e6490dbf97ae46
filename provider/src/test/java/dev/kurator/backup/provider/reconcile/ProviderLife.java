package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.claim.DeletionPolicy;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupObservation;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallObservation;
import dev.kurator.backup.provider.hub.HubSerialization;
import dev.kurator.backup.provider.member.MemberListener;
import dev.kurator.backup.provider.member.Members;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The whole provider against a hub's API in memory and one fake member. */
abstract class ProviderLife {

  private static final Duration CALM = Duration.ofSeconds(1);

  /** One for all, as it learns each type anew. */
  private static final KubernetesSerialization HUB_JSON = HubSerialization.create();

  final FakeHub api = new FakeHub();
  final KubernetesMockServer server =
      new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), api, false);
  final FakeVelero velero = new FakeVelero();
  KubernetesClient hub;
  Provider provider;
  PrometheusRegistry registry = new PrometheusRegistry();

  @BeforeEach
  void start() {
    server.init();
    hub = server.createClient(client -> client.withKubernetesSerialization(HUB_JSON));
    hub.resource(rootCertificates()).create();
    velero.says("BackupStorageLocation", FakeVelero.available());
    velero.says("Backup", Map.of("phase", "Completed"));
    provider = begin();
  }

  Provider begin() {
    registry = new PrometheusRegistry();
    return Provider.start(settings(), hub, registry, clock(), nanos(), this::members);
  }

  Settings settings() {
    return new Settings(
        "hub",
        Duration.ofMinutes(10),
        CALM,
        maxReconcileRate(),
        Duration.ofMinutes(2),
        "crossplane-system",
        null);
  }

  /** The provider's monotonic clock. */
  LongSupplier nanos() {
    return System::nanoTime;
  }

  /** The ConfigMap that every cluster has, whose UID names the hub. */
  static ConfigMap rootCertificates() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("kube-system")
        .withName("kube-root-ca.crt")
        .endMetadata()
        .build();
  }

  int maxReconcileRate() {
    return 100;
  }

  /** What the provider goes by. */
  Clock clock() {
    return Clock.systemUTC();
  }

  /** The members that the provider works with. */
  Members members(MemberListener listener) {
    return velero.attach(listener);
  }

  @AfterEach
  void stop() {
    provider.close();
    hub.close();
    server.destroy();
  }

  void register() {
    hub.resource(Samples.kubeconfig()).create();
    hub.resource(Samples.config(List.of("team-*"), null)).create();
  }

  void applyAll(@Nullable DeletionPolicy policy) {
    hub.resource(Samples.storage()).create();
    hub.resource(Samples.install("install")).create();
    hub.resource(Samples.backup("backup", policy, "1h")).create();
  }

  Resource<VeleroInstall> install() {
    return hub.resources(VeleroInstall.class).inNamespace(Samples.NAMESPACE).withName("install");
  }

  Resource<VeleroBackup> backup() {
    return hub.resources(VeleroBackup.class).inNamespace(Samples.NAMESPACE).withName("backup");
  }

  static <T> T await(Resource<T> resource, Predicate<T> condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        // the server in memory may lose an event between list and watch: begin again
        return resource.waitUntilCondition(condition, 2, TimeUnit.SECONDS);
      } catch (KubernetesClientTimeoutException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  /** Waits for what nobody tells of. */
  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not so in time").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  static Predicate<VeleroBackup> phase(String phase) {
    return backup ->
        backup != null
            && backup.getStatus() != null
            && backup.getStatus().atProvider() != null
            && phase.equals(backup.getStatus().atProvider().phase());
  }

  static Predicate<VeleroInstall> installSays(String type, String part) {
    return install ->
        install != null
            && install.getStatus() != null
            && says(install.getStatus().conditions(), type, part);
  }

  static Predicate<VeleroBackup> backupSays(String type, String part) {
    return backup ->
        backup != null
            && backup.getStatus() != null
            && says(backup.getStatus().conditions(), type, part);
  }

  static boolean says(List<Condition> conditions, String type, String part) {
    Condition condition = Mark.find(conditions, type);
    return condition != null && String.valueOf(condition).contains(part);
  }

  static VeleroInstallObservation seen(VeleroInstall install) {
    return Objects.requireNonNull(install.getStatus().atProvider());
  }

  static VeleroBackupObservation seen(VeleroBackup backup) {
    return Objects.requireNonNull(backup.getStatus().atProvider());
  }

  static boolean gone(@Nullable HasMetadata resource) {
    return resource == null;
  }

  /** Edits until no status is written in between. */
  static <R extends HasMetadata> void edit(Resource<R> resource, UnaryOperator<R> edit) {
    while (true) {
      try {
        resource.edit(edit);
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
          throw e;
        }
      }
    }
  }
}
