package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.SecretKeyReference;
import dev.kurator.backup.provider.member.MemberApiException;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.Optional;

/**
 * The password of a member's volume data: there before the server's first start, which would make
 * one that is public; never changed.
 */
final class RepositoryPassword {

  private static final String REPOSITORY_SECRET = "velero-repo-credentials";
  private static final String REPOSITORY_KEY = "repository-password";

  private final SecretSource secrets;

  RepositoryPassword(SecretSource secrets) {
    this.secrets = secrets;
  }

  /**
   * Puts it there where none is.
   *
   * @return a problem for the user, empty where all was done
   */
  Optional<String> ensure(Target.Reached target) {
    SecretKeyReference reference = target.engine().repositoryPasswordSecretRef();
    if (reference == null) {
      return Optional.empty();
    }
    SecretName name = new SecretName(reference.namespace(), reference.name());
    return switch (secrets.read(name, reference.key())) {
      case SecretValue.Missing missing ->
          Optional.of("velero.repositoryPasswordSecretRef: " + missing.problem());
      case SecretValue.Present present -> {
        create(target, present);
        yield Optional.empty();
      }
    };
  }

  private void create(Target.Reached target, SecretValue.Present password) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(target.namespace())
            .withName(REPOSITORY_SECRET)
            .endMetadata()
            .withType("Opaque")
            .addToData(REPOSITORY_KEY, Base64.getEncoder().encodeToString(password.bytes()))
            .build();
    try {
      target.cluster().create(secret);
    } catch (MemberApiException e) {
      if (!e.conflict()) {
        throw e;
      }
    }
  }
}
