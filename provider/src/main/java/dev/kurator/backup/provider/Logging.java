package dev.kurator.backup.provider;

/** What is logged; to be set before the first logger is made. */
final class Logging {

  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logging() {}

  /**
   * Configures the log. The Kubernetes client's own debug log stays off in any case: it would show
   * the content of Secrets.
   */
  static void configure(boolean debug) {
    System.setErr(PlainLog.over(System.err));
    set("showDateTime", "true");
    set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    set("showThreadName", "false");
    set("showShortLogName", "true");
    set("defaultLogLevel", "info");
    set("log.io.fabric8", "warn");
    set("log.io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils", "error");
    // an outage prints their stacks again and again; the member's link says it once, and of the
    // hub HubWatchFailures
    set("log.io.fabric8.kubernetes.client.informers.impl.cache.Reflector", "error");
    set("log.io.fabric8.kubernetes.client.vertx.VertxWebSocket", "off");
    // it quotes events of members whole, as they came; what ends a watch of the hub,
    // HubWatchFailures says
    set("log.io.fabric8.kubernetes.client.dsl.internal.AbstractWatchManager", "off");
    set("log.Default ConfigurationService implementation", "warn");
    set("log.io.javaoperatorsdk", "warn");
    // it logs every retry with its stack; ReconcileFailures hears of each failure, and logs it once
    set("log.io.javaoperatorsdk.operator.processing.event.EventProcessor", "error");
    set("log.dev.kurator", debug ? "debug" : "info");
  }

  private static void set(String key, String value) {
    System.setProperty(PREFIX + key, value);
  }
}
