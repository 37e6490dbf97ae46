package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.apis.managed.SecretKeyReference;
import dev.kurator.backup.apis.managed.SharedPassword;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether an install's member opens its repositories with the password of the one that writes to
 * the location. Known from the hub alone, so that nobody waits for a member to know it.
 */
final class Passwords {

  /** What Velero takes where nobody gave it a password (velero pkg/repository/keys). */
  private static final SecretValue.Present VELEROS =
      new SecretValue.Present("static-passw0rd".getBytes(StandardCharsets.UTF_8));

  private final Function<ProviderConfigKey, Optional<Registration>> configs;
  private final SecretSource secrets;
  private final Uses uses;

  Passwords(
      Function<ProviderConfigKey, Optional<Registration>> configs,
      SecretSource secrets,
      Uses uses) {
    this.configs = configs;
    this.secrets = secrets;
    this.uses = uses;
  }

  /**
   * All that is ever told of two passwords.
   *
   * @param shared null where the install names no writer
   * @param note what is wrong and what to do, for people
   */
  record Verdict(@Nullable SharedPassword shared, @Nullable String note) {

    /** The last one, for when nobody looks. */
    static Verdict last(VeleroInstall install) {
      if (install.getSpec().forProvider().writerConfigRef() == null) {
        return new Verdict(null, null);
      }
      VeleroInstallStatus status = install.getStatus();
      SharedPassword known =
          status == null || status.atProvider() == null
              ? null
              : status.atProvider().sharedPassword();
      return new Verdict(Objects.requireNonNullElse(known, SharedPassword.Unknown), null);
    }
  }

  /** Compares, and from now on has the user told of whatever may change the answer. */
  Verdict compare(User user, VeleroInstall install) {
    ProviderConfigReference reference = install.getSpec().forProvider().writerConfigRef();
    if (reference == null) {
      return new Verdict(null, null);
    }
    String namespace = install.getMetadata().getNamespace();
    ProviderConfigKey reader = Targets.key(install);
    ProviderConfigKey writer = Targets.key(namespace, reference);
    // before the look, or what changes in between would never be heard of
    uses.also(user, writer, Set.of());
    Optional<SecretValue.Present> theirs =
        usable(writer, namespace).flatMap(found -> password(user, found));
    Optional<SecretValue.Present> own =
        usable(reader, namespace).flatMap(found -> password(user, found));
    if (own.isEmpty() || theirs.isEmpty()) {
      return new Verdict(SharedPassword.Unknown, null);
    }
    // Velero cuts off the white space at both ends (velero pkg/uploader/provider/kopia.go)
    return own.get().trimmed().same(theirs.get().trimmed())
        ? new Verdict(SharedPassword.Same, null)
        : new Verdict(SharedPassword.Different, different(reader, writer));
  }

  /** Those whose word counts; the password of an engine that somebody else runs is not known. */
  private Optional<Registration> usable(ProviderConfigKey key, String namespace) {
    return configs
        .apply(key)
        .filter(found -> found.allows(namespace))
        .filter(found -> found.problem().isEmpty())
        .filter(found -> !found.engineObserved());
  }

  private Optional<SecretValue.Present> password(User user, Registration registration) {
    SecretKeyReference reference = registration.engine().repositoryPasswordSecretRef();
    if (reference == null) {
      return Optional.of(VELEROS);
    }
    SecretName name = new SecretName(reference.namespace(), reference.name());
    uses.also(user, registration.key(), Set.of(name));
    return secrets.read(name, reference.key()) instanceof SecretValue.Present present
        ? Optional.of(present)
        : Optional.empty();
  }

  private static String different(ProviderConfigKey reader, ProviderConfigKey writer) {
    return "%s and %s have different repository passwords, so volumes backed up by %s cannot be"
            .formatted(reader, writer, writer.name())
        + " restored by %s; let velero.repositoryPasswordSecretRef of both name Secrets of the"
            .formatted(reader.name())
        + " same content, before their first backup";
  }
}
