package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.EngineSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Velero on one member: what it consists of, and whether it works. */
public final class Engine {

  /** Name of the server's Deployment; Velero's own code looks it up under this name. */
  public static final String DEPLOYMENT = "velero";

  /** Name of the node-agent's DaemonSet; Velero's own code looks it up under this name. */
  public static final String DAEMON_SET = "node-agent";

  private Engine() {}

  /** The namespace of the engine on its member. */
  public static String namespace(EngineSettings settings) {
    return Objects.requireNonNullElse(settings.namespace(), "velero");
  }

  /** The engine, in the order of its making. */
  public static List<HasMetadata> manifests(
      EngineSettings settings, String hubId, Set<StorageProvider> providers) {
    return List.of();
  }

  /** Whether what the member runs is what it should run, and whether it is available. */
  public static EngineReadiness readiness(
      @Nullable Deployment server,
      @Nullable DaemonSet agents,
      EngineSettings settings,
      Set<StorageProvider> providers) {
    return new EngineReadiness.NotReady("", null, null, null);
  }
}
