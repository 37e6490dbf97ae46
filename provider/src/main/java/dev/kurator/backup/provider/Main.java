package dev.kurator.backup.provider;

import com.sun.net.httpserver.HttpServer;
import dev.kurator.backup.apis.syntax.GoDuration;
import dev.kurator.backup.apis.syntax.Syntax;
import dev.kurator.backup.provider.hub.HubSerialization;
import dev.kurator.backup.provider.member.Requests;
import dev.kurator.backup.provider.reconcile.Provider;
import dev.kurator.backup.provider.reconcile.RequestCount;
import dev.kurator.backup.provider.reconcile.Settings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The provider's program. */
@Command(
    name = "provider-velero",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Keeps Velero, its storage and its backups on member clusters.")
public final class Main implements Callable<Integer> {

  /** A request may take 10 s, and thrice the time must be more than twice by that. */
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(10);

  @Option(
      names = {"-d", "--debug"},
      defaultValue = "${env:DEBUG:-false}",
      fallbackValue = "true",
      arity = "0..1",
      description = "Log what the provider decides.")
  private boolean debug;

  @Option(
      names = "--poll",
      defaultValue = "${env:POLL:-10m}",
      description = "Longest time between two looks at a resource; watches tell of changes.")
  private Duration poll = Duration.ofMinutes(10);

  @Option(
      names = "--max-reconcile-rate",
      defaultValue = "${env:MAX_RECONCILE_RATE:-10}",
      description = "Starts of reconciles per second.")
  private int maxReconcileRate;

  @Mixin private IgnoredFlags ignored = new IgnoredFlags();

  @Option(
      names = "--hub-id",
      defaultValue = "${env:HUB_ID:-hub}",
      description = "This hub's name on members: a rebuilt hub that keeps it is the same hub.")
  private String hubId = "hub";

  @Option(
      names = "--hub-lease",
      defaultValue = "${env:HUB_LEASE:-2m}",
      description =
          "Between two renewals of the hub's Lease on a member: nothing is written there for more"
              + " than twice, and no other hub of that id begins before thrice this time.")
  private Duration hubLease = Duration.ofMinutes(2);

  @Option(
      names = "--metrics-address",
      defaultValue = "${env:METRICS_ADDRESS:-:8080}",
      description = "Where /metrics and /healthz are served.")
  private String metricsAddress = ":8080";

  @Option(
      names = "--namespace",
      defaultValue = "${env:POD_NAMESPACE:-}",
      description =
          "The provider's own: of the Lease by which replicas elect a leader (none: no election),"
              + " and of what it must remember (none: default).")
  private String namespace = "";

  @Option(
      names = "--leader-election",
      defaultValue = "${env:LEADER_ELECTION:-true}",
      fallbackValue = "true",
      arity = "0..1",
      description = "Elect a leader among replicas.")
  private boolean leaderElection;

  /** Runs the provider until SIGTERM. */
  public static void main(String[] args) {
    System.exit(program().execute(args));
  }

  /** The command line, with what reads its values. */
  static CommandLine program() {
    return new CommandLine(new Main()).registerConverter(Duration.class, Main::duration);
  }

  private static Duration duration(String text) {
    return GoDuration.parse(text)
        .orElseThrow(() -> new IllegalArgumentException(Syntax.DURATION_MESSAGE));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Logging.configure(debug);
    ignored.warning().ifPresent(LoggerFactory.getLogger(Main.class)::warn);
    if (maxReconcileRate < 1 || !hubId.matches("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")) {
      System.err.println("--max-reconcile-rate is at least 1; --hub-id is a valid label value");
      return CommandLine.ExitCode.USAGE;
    }
    if (hubLease.compareTo(SHORTEST_LEASE) < 0) {
      System.err.println("--hub-lease is at least " + SHORTEST_LEASE.toSeconds() + "s");
      return CommandLine.ExitCode.USAGE;
    }
    PrometheusRegistry registry = PrometheusRegistry.defaultRegistry;
    JvmMetrics.builder().register(registry);
    HttpServer http = serve(registry);
    CountDownLatch stopped = new CountDownLatch(1);
    RequestCount requests = new RequestCount(registry);
    try (KubernetesClient hub = hub(requests)) {
      Provider provider = Provider.start(settings(), hub, registry, requests);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(provider, http, stopped)));
      stopped.await();
    }
    return CommandLine.ExitCode.OK;
  }

  private static KubernetesClient hub(RequestCount requests) {
    return new KubernetesClientBuilder()
        .withConfig(hubConfig())
        .withKubernetesSerialization(HubSerialization.create())
        .withHttpClientBuilderConsumer(
            http -> http.addOrReplaceInterceptor("requests", new Requests(requests.of("hub"))))
        .build();
  }

  /**
   * With five retries within 3.1 s, where the client's default is ten within 19 s. A reconcile
   * waits on a thread of its own, which costs nothing; but the leader looks at its deadline only
   * between two renewals of a read and a write each. A hub that answers 5xx now and then would keep
   * it at work after its lease of 30 s, beside the next leader. Longer outages are the framework's:
   * it tries each resource again within a minute.
   */
  static Config hubConfig() {
    Config config = Config.autoConfigure(null);
    config.setRequestRetryBackoffLimit(5);
    return config;
  }

  private Settings settings() {
    return new Settings(
        hubId,
        poll,
        Settings.CALM,
        maxReconcileRate,
        hubLease,
        namespace.isEmpty() ? "default" : namespace,
        leaseNamespace());
  }

  private @Nullable String leaseNamespace() {
    return leaderElection && !namespace.isEmpty() ? namespace : null;
  }

  private static void stop(Provider provider, HttpServer http, CountDownLatch stopped) {
    provider.close();
    http.stop(0);
    stopped.countDown();
  }

  private HttpServer serve(PrometheusRegistry registry) throws IOException {
    int colon = metricsAddress.lastIndexOf(':');
    String host = metricsAddress.substring(0, Math.max(colon, 0));
    int port = Integer.parseInt(metricsAddress.substring(colon + 1));
    HttpServer server =
        HttpServer.create(
            host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port), 0);
    server.createContext("/metrics", new MetricsHandler(registry));
    server.createContext(
        "/healthz",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return server;
  }
}
