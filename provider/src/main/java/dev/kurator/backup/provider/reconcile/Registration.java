package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.ProviderConfig;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.SecretKeyReference;
import dev.kurator.backup.apis.syntax.NamespaceGlob;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import dev.kurator.backup.provider.velero.Engine;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a member is registered, whichever of the two kinds says so.
 *
 * @param created when, as the API server writes it
 * @param kubeconfig the Secret with the credentials
 * @param kubeconfigKey the key in it
 * @param namespaces names or globs of the namespaces that may use the member
 * @param replaces identity of a lost cluster whose backups this one takes over
 */
record Registration(
    ProviderConfigKey key,
    String created,
    SecretName kubeconfig,
    String kubeconfigKey,
    List<String> namespaces,
    EngineSettings engine,
    @Nullable String replaces) {

  /** Whose word on a shared engine counts first: the whole hub's, then the oldest's. */
  static final Comparator<Registration> BY_RANK =
      Comparator.<Registration, ProviderConfigReference.Kind>comparing(one -> one.key().kind())
          .thenComparing(Registration::created)
          .thenComparing(one -> one.key().toString());

  /** Of the whole hub. */
  static Registration of(ClusterProviderConfig config) {
    SecretKeyReference secret = config.getSpec().credentials().secretRef();
    String name = config.getMetadata().getName();
    return new Registration(
        new ProviderConfigKey(ProviderConfigReference.Kind.ClusterProviderConfig, null, name),
        String.valueOf(config.getMetadata().getCreationTimestamp()),
        new SecretName(secret.namespace(), secret.name()),
        secret.key(),
        config.getSpec().allowedNamespaces(),
        Objects.requireNonNullElse(config.getSpec().velero(), EngineSettings.UNSET),
        config.getSpec().replaces());
  }

  /** Of one namespace, for that namespace alone. */
  static Registration of(ProviderConfig config) {
    String namespace = config.getMetadata().getNamespace();
    String name = config.getMetadata().getName();
    return new Registration(
        new ProviderConfigKey(ProviderConfigReference.Kind.ProviderConfig, namespace, name),
        String.valueOf(config.getMetadata().getCreationTimestamp()),
        new SecretName(namespace, config.getSpec().credentials().secretRef().name()),
        config.getSpec().credentials().secretRef().key(),
        List.of(namespace),
        Objects.requireNonNullElse(config.getSpec().velero(), EngineSettings.UNSET),
        config.getSpec().replaces());
  }

  /** Whether resources of a namespace may use the member. */
  boolean allows(String namespace) {
    return NamespaceGlob.any(namespaces, namespace);
  }

  /** Velero's namespace on the member. */
  String engineNamespace() {
    return Engine.namespace(engine);
  }

  /** Whether the engine is somebody else's. */
  boolean engineObserved() {
    return engine.management() == EngineSettings.Management.Observe;
  }

  /** The Secret with the password of the volume data repositories, if one is named. */
  Optional<SecretName> password() {
    return Optional.ofNullable(engine.repositoryPasswordSecretRef())
        .map(secret -> new SecretName(secret.namespace(), secret.name()));
  }

  /** What keeps the registration from being used, for whoever wrote it. */
  Optional<String> problem() {
    String own = key.namespace();
    return password()
        .filter(secret -> own != null && !secret.namespace().equals(own))
        .map(
            secret ->
                key
                    + ": velero.repositoryPasswordSecretRef names Secret "
                    + secret
                    + "; a ProviderConfig may only use Secrets of its own namespace "
                    + own);
  }

  /**
   * Whether two want the engine alike. Where the password comes from does not count: it is set once
   * and the Secrets of two kinds of registration are never the same one.
   */
  boolean sameEngine(Registration other) {
    return settings().equals(other.settings());
  }

  private EngineSettings settings() {
    return engine(
        engineNamespace(),
        Objects.requireNonNullElse(engine.management(), EngineSettings.Management.Managed),
        Objects.requireNonNullElse(engine.removal(), EngineSettings.Removal.Retain));
  }

  /** The same for a cluster whose engine follows another registration: used, never changed. */
  Registration observing() {
    return new Registration(
        key,
        created,
        kubeconfig,
        kubeconfigKey,
        namespaces,
        engine(engine.namespace(), EngineSettings.Management.Observe, engine.removal()),
        replaces);
  }

  /** The engine's settings without its password, and otherwise with these. */
  private EngineSettings engine(
      @Nullable String namespace,
      EngineSettings.Management management,
      EngineSettings.@Nullable Removal removal) {
    return new EngineSettings(
        namespace,
        engine.version(),
        engine.image(),
        engine.plugins(),
        engine.imagePullSecrets(),
        engine.resources(),
        engine.nodeSelector(),
        engine.tolerations(),
        engine.nodeAgent(),
        engine.concurrentBackups(),
        null,
        management,
        removal);
  }
}
