package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ClusterProviderConfig;
import dev.kurator.backup.apis.managed.EngineSettings;
import dev.kurator.backup.apis.managed.ProviderConfig;
import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.ProviderConfigStatus;
import dev.kurator.backup.apis.managed.SecretKeyReference;
import dev.kurator.backup.apis.managed.UnreadableField;
import dev.kurator.backup.apis.syntax.NamespaceGlob;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import dev.kurator.backup.provider.velero.Engine;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a member is registered, whichever of the two kinds says so.
 *
 * @param created when, as the API server writes it
 * @param kubeconfig the Secret with the credentials
 * @param kubeconfigKey the key in it
 * @param namespaces names or globs of the namespaces that may use the member
 * @param replaces identity of a lost cluster whose backups this one takes over
 * @param takesOverFrom holder of the other hub's Lease that this hub may take over
 * @param otherHub holder of the other hub that was seen at work there, as the status remembers it
 * @param unreadable what of it cannot be read
 */
record Registration(
    ProviderConfigKey key,
    String created,
    SecretName kubeconfig,
    String kubeconfigKey,
    List<String> namespaces,
    EngineSettings engine,
    @Nullable String replaces,
    @Nullable String takesOverFrom,
    @Nullable String otherHub,
    List<UnreadableField> unreadable) {

  private static final String NAMESPACES = "spec.allowedNamespaces";
  private static final String ENGINE_NAMESPACE = "spec.velero.namespace";
  private static final String MANAGEMENT = "spec.velero.management";

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
        config.getSpec().replaces(),
        config.getSpec().takesOverFrom(),
        otherHub(config.getStatus()),
        config.unreadable());
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
        config.getSpec().replaces(),
        config.getSpec().takesOverFrom(),
        otherHub(config.getStatus()),
        config.unreadable());
  }

  private static @Nullable String otherHub(@Nullable ProviderConfigStatus status) {
    return status == null ? null : status.otherHub();
  }

  /** Whether resources of a namespace may use the member. */
  boolean allows(String namespace) {
    return NamespaceGlob.any(namespaces, namespace);
  }

  /** Whether resources of a namespace may have used the member. */
  boolean mayAllow(String namespace) {
    return allows(namespace) || unreadableAt(NAMESPACES);
  }

  /** Whether its engine may be the one in a namespace of the member. */
  boolean mayUseEngineIn(String namespace) {
    return engineNamespace().equals(namespace) || unreadableAt(ENGINE_NAMESPACE);
  }

  private boolean unreadableAt(String field) {
    return unreadable.stream().anyMatch(one -> one.touches(field));
  }

  /** Velero's namespace on the member. */
  String engineNamespace() {
    return Engine.namespace(engine);
  }

  /** Whether the engine is somebody else's, or may be. */
  boolean engineObserved() {
    return engine.management() == EngineSettings.Management.Observe || unreadableAt(MANAGEMENT);
  }

  /** The Secret with the password of the volume data repositories, if one is named. */
  Optional<SecretName> password() {
    return Optional.ofNullable(engine.repositoryPasswordSecretRef())
        .map(secret -> new SecretName(secret.namespace(), secret.name()));
  }

  /** What keeps the registration from being used, for whoever wrote it. */
  Optional<String> problem() {
    return unreadable.isEmpty()
        ? Engine.refusal(engine).map(refusal -> key + ": spec." + refusal).or(this::passwordProblem)
        : Optional.of(key + ": " + listed());
  }

  /**
   * The same for who only takes its share off the member: other settings of the engine than its
   * namespace may be unreadable.
   *
   * @param namespace the engine's as it was when the member was seen
   */
  Optional<String> problemOfDeletion(Optional<String> namespace) {
    // in another namespace than its own, nothing would be found and all taken for gone
    boolean nowhere = unreadableAt(ENGINE_NAMESPACE) && namespace.isEmpty();
    return unreadableAt("spec.credentials") || nowhere
        ? Optional.of(key + ": " + listed())
        : passwordProblem();
  }

  private String listed() {
    return unreadable.stream()
        .limit(3)
        .map(UnreadableField::toString)
        .collect(Collectors.joining("; "));
  }

  private Optional<String> passwordProblem() {
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
   * Whether two want the engine alike, as far as both can be read. Where the password comes from
   * does not count: it is set once and the Secrets of two kinds of registration are never the same
   * one.
   */
  boolean sameEngine(Registration other) {
    return problem().isEmpty() && other.problem().isEmpty() && settings().equals(other.settings());
  }

  private EngineSettings settings() {
    return engine(
        engineNamespace(),
        Objects.requireNonNullElse(engine.management(), EngineSettings.Management.Managed),
        Objects.requireNonNullElse(engine.removal(), EngineSettings.Removal.Retain));
  }

  /** The same for a cluster whose engine follows another registration: used, never changed. */
  Registration observing() {
    return with(engine(engine.namespace(), EngineSettings.Management.Observe, engine.removal()));
  }

  /**
   * The same with the engine where it was when the member was seen, where its namespace cannot be
   * read.
   */
  Registration withRecordedNamespace(Optional<String> namespace) {
    return unreadableAt(ENGINE_NAMESPACE) && namespace.isPresent()
        ? with(engine(namespace.get(), engine.management(), engine.removal()))
        : this;
  }

  private Registration with(EngineSettings other) {
    return new Registration(
        key,
        created,
        kubeconfig,
        kubeconfigKey,
        namespaces,
        other,
        replaces,
        takesOverFrom,
        otherHub,
        unreadable);
  }

  /** The engine's settings without its password, and otherwise with these. */
  private EngineSettings engine(
      @Nullable String namespace,
      EngineSettings.@Nullable Management management,
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
