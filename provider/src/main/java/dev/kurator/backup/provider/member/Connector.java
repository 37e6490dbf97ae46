package dev.kurator.backup.provider.member;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Opens clients. They share their threads: a member costs connections only, and one that does not
 * answer costs nothing between two looks.
 */
final class Connector implements AutoCloseable {

  private final Timing timing;
  private final Executor executor;
  private final Consumer<String> requests;
  private final MemberJson serialization = MemberJson.create();

  /** With Vert.x's own DNS client: the JDK's would block a thread that all members share. */
  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setUseDaemonThread(true)
              .setFileSystemOptions(
                  new FileSystemOptions()
                      .setFileCachingEnabled(false)
                      .setClassPathResolvingEnabled(false)));

  Connector(Timing timing, Executor executor, Consumer<String> requests) {
    this.timing = timing;
    this.executor = executor;
    this.requests = requests;
  }

  /** A client that has connected to nothing yet. */
  KubernetesClient open(Kubeconfig.Usable kubeconfig, Tls tls) {
    return new KubernetesClientBuilder()
        .withConfig(config(kubeconfig))
        .withHttpClientFactory(new Http(vertx, timing))
        .withHttpClientBuilderConsumer(
            http ->
                http.sslContext(tls.keys(), tls.trust())
                    .addOrReplaceInterceptor("requests", new Requests(requests))
                    .addOrReplaceInterceptor("limits", new AnswerLimits(timing.request())))
        .withTaskExecutor(executor)
        .withKubernetesSerialization(serialization)
        .build();
  }

  /** Nothing but what the kubeconfig says: no environment, no files, no service account. */
  private Config config(Kubeconfig.Usable kubeconfig) {
    return new ConfigBuilder(Config.empty())
        .withAutoConfigure(false)
        .withMasterUrl(kubeconfig.server())
        .withOauthToken(kubeconfig.token())
        .withConnectionTimeout((int) timing.connect().toMillis())
        .withRequestTimeout((int) timing.request().toMillis())
        // reconcilers try again by themselves
        .withRequestRetryBackoffLimit(1)
        .withUserAgent("provider-velero")
        .build();
  }

  @Override
  public void close() {
    vertx.close();
  }

  /** The client's transport, held to direct and prompt connections. */
  private static final class Http extends VertxHttpClientFactory {

    private final Timing timing;

    Http(Vertx vertx, Timing timing) {
      super(vertx);
      this.timing = timing;
    }

    @Override
    protected void additionalConfig(WebClientOptions options) {
      // an answer must not send our token elsewhere
      options.setFollowRedirects(false);
      options.setSslHandshakeTimeout(timing.connect().toMillis());
      options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
      if (options.getSslEngineOptions() instanceof JdkSSLEngineOptions engine) {
        options.setSslEngineOptions(UpgradeGuard.guarding(engine, timing.request()));
      }
      // an event of a watch; without, a message may fill the memory
      options.setMaxWebSocketFrameSize(AnswerLimits.MOST_BYTES);
      options.setMaxWebSocketMessageSize(AnswerLimits.MOST_BYTES);
      // for a server's answer to the end of a watch, after which the connection is closed
      options.setWebSocketClosingTimeout((int) timing.request().toSeconds());
    }
  }
}
