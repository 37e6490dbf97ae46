package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.claim.Absent;
import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an engine consists of: the objects of {@code velero install} (velero pkg/install), without a
 * default storage location, without a Secret for all locations, and with CRDs that Velero's own
 * image puts in place.
 */
public final class Engine {

  /** Name of the server's Deployment; Velero's own code looks it up under this name. */
  public static final String DEPLOYMENT = "velero";

  /** Name of the node-agent's DaemonSet; Velero's own code looks it up under this name. */
  public static final String DAEMON_SET = "node-agent";

  static final String SERVICE_ACCOUNT = "velero";

  private static final String DEFAULT_NAMESPACE = "velero";

  private Engine() {}

  /** The namespace of the engine on its member. */
  public static String namespace(EngineSettings settings) {
    return Objects.requireNonNullElse(settings.namespace(), DEFAULT_NAMESPACE);
  }

  /**
   * The engine, in the order of its making and for server-side apply: only fields that we own.
   *
   * @param providers the object stores of every VeleroInstall on the member, which pick the plugins
   */
  public static List<HasMetadata> manifests(
      EngineSettings settings, String hubId, Set<StorageProvider> providers) {
    return List.of(
        namespaceObject(settings, hubId),
        serviceAccount(settings, hubId),
        clusterRoleBinding(settings, hubId),
        ServerDeployment.of(settings, hubId, providers),
        AgentDaemonSet.of(settings, hubId));
  }

  /**
   * Whether the member runs what it should, and whether that is available. An engine that somebody
   * else runs (Observe) may be of any version.
   *
   * @param server the Deployment, null where there is none
   * @param agents the DaemonSet, null where there is none
   */
  public static EngineReadiness readiness(
      @Nullable Deployment server,
      @Nullable DaemonSet agents,
      EngineSettings settings,
      Set<StorageProvider> providers) {
    return EngineCheck.of(server, agents, settings, providers).readiness();
  }

  /** The object stores that an engine has plugins for. */
  public static Set<StorageProvider> providers(Deployment server, EngineSettings settings) {
    return EngineImages.providers(server.getSpec().getTemplate().getSpec(), settings);
  }

  /** Why an engine cannot be kept with these settings; empty where it can. */
  public static Optional<String> refusal(EngineSettings settings) {
    return ResourceQuantities.refusal(settings);
  }

  /** Labels of everything on a member that belongs to the engine. */
  static Map<String, String> labels(String hubId) {
    return Absent.orEmpty(Map.of("component", "velero", Names.HUB_LABEL, hubId));
  }

  /** Metadata of an object in the engine's namespace. */
  static ObjectMetaBuilder metadata(EngineSettings settings, String hubId, String name) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(namespace(settings))
        .withLabels(labels(hubId));
  }

  static List<LocalObjectReference> pullSecrets(EngineSettings settings) {
    return settings.imagePullSecrets().stream().map(LocalObjectReference::new).toList();
  }

  /** The engine's namespace, for server-side apply: only fields that we own. */
  public static Namespace namespaceObject(EngineSettings settings, String hubId) {
    ObjectMetaBuilder metadata =
        new ObjectMetaBuilder()
            .withName(namespace(settings))
            .withLabels(labels(hubId))
            // or backups of the whole cluster would carry every claim's storage Secret away
            .addToLabels("velero.io/exclude-from-backup", "true");
    for (String mode : List.of("enforce", "audit", "warn")) {
      // the node-agent mounts host paths
      metadata.addToLabels("pod-security.kubernetes.io/" + mode, "privileged");
      metadata.addToLabels("pod-security.kubernetes.io/" + mode + "-version", "latest");
    }
    return new NamespaceBuilder().withMetadata(metadata.build()).build();
  }

  private static ServiceAccount serviceAccount(EngineSettings settings, String hubId) {
    return new ServiceAccountBuilder()
        .withMetadata(metadata(settings, hubId, SERVICE_ACCOUNT).build())
        // for the pods that Velero itself makes: maintenance and data movers
        .withImagePullSecrets(pullSecrets(settings))
        .build();
  }

  private static ClusterRoleBinding clusterRoleBinding(EngineSettings settings, String hubId) {
    String namespace = namespace(settings);
    return new ClusterRoleBindingBuilder()
        .withNewMetadata()
        .withName(namespace.equals(DEFAULT_NAMESPACE) ? "velero" : "velero-" + namespace)
        .withLabels(labels(hubId))
        .endMetadata()
        .addNewSubject()
        .withKind("ServiceAccount")
        .withNamespace(namespace)
        .withName(SERVICE_ACCOUNT)
        .endSubject()
        .withNewRoleRef()
        .withApiGroup("rbac.authorization.k8s.io")
        .withKind("ClusterRole")
        .withName("cluster-admin")
        .endRoleRef()
        .build();
  }
}
