package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.claim.StorageProvider;
import dev.kurator.backup.provider.member.Seen;
import dev.kurator.backup.provider.velero.Engine;
import dev.kurator.backup.provider.velero.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Velero's own objects on members: made, put right after drift, removed; only where they are ours.
 */
final class EngineCare {

  /** Annotation of the Deployment: digest of the manifests that the engine was made from. */
  private static final String CONTENT = "velero.m.kurator.dev/engine";

  private final String hubId;
  private final RepositoryPassword password;
  private final Applied applied;
  private final KubernetesSerialization serialization = new KubernetesSerialization();

  EngineCare(String hubId, SecretSource secrets, Applied applied) {
    this.hubId = hubId;
    this.password = new RepositoryPassword(secrets);
    this.applied = applied;
  }

  /**
   * Makes the engine what it should be, or says why not. To be called under the member's lock.
   *
   * @param providers the object stores that it needs plugins for
   * @return a problem for the user, empty where all was done
   */
  Optional<String> ensure(Target.Reached target, Set<StorageProvider> providers, Instant now) {
    if (target.engineObserved()) {
      return Optional.empty();
    }
    Optional<String> refusal = Engine.refusal(target.engine());
    if (refusal.isPresent()) {
      return refusal.map(problem -> target.registration().key() + ": " + problem);
    }
    Optional<String> stranger =
        present(target.member().deployment(Engine.DEPLOYMENT))
            .or(() -> present(target.member().daemonSet(Engine.DAEMON_SET)))
            .flatMap(object -> stranger(target, object));
    if (stranger.isPresent()) {
      return stranger;
    }
    List<HasMetadata> manifests = Engine.manifests(target.engine(), hubId, providers);
    String content = Digest.of(serialization.asJson(manifests).getBytes(StandardCharsets.UTF_8));
    if (applied.stands(subject(target), content, versions(target), now)) {
      return Optional.empty();
    }
    return apply(target, manifests, content, now);
  }

  private Optional<String> apply(
      Target.Reached target, List<HasMetadata> manifests, String content, Instant now) {
    Optional<String> stranger =
        manifests.stream()
            .flatMap(wanted -> target.cluster().get(wanted).stream())
            .flatMap(is -> stranger(target, is).stream())
            .findFirst();
    if (stranger.isPresent()) {
      return stranger;
    }
    Optional<String> interrupted = interrupted(target, content);
    if (interrupted.isPresent()) {
      return interrupted;
    }
    Map<String, String> versions = new HashMap<>();
    for (HasMetadata wanted : manifests) {
      HasMetadata is = target.cluster().apply(noted(wanted, content));
      if (is instanceof Deployment || is instanceof DaemonSet) {
        versions.put(is.getKind(), Applied.version(is));
      }
      if (wanted instanceof Namespace) {
        Optional<String> problem = password.ensure(target);
        if (problem.isPresent()) {
          return problem;
        }
      }
    }
    applied.note(subject(target), content, versions, now);
    return Optional.empty();
  }

  /**
   * What another engine than the one that was applied would interrupt. Drift is put right at once:
   * whoever changed the Deployment by hand has restarted it already.
   */
  private static Optional<String> interrupted(Target.Reached target, String content) {
    return target.member().deployment(Engine.DEPLOYMENT)
                instanceof Seen.Present<Deployment>(Deployment server)
            && !content.equals(orEmpty(server.getMetadata().getAnnotations()).get(CONTENT))
        ? RunningWork.of(target, server)
            .map(work -> "the engine's new settings wait for " + work + ", which they would end")
        : Optional.empty();
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> annotations) {
    return annotations == null ? Map.of() : annotations;
  }

  private static HasMetadata noted(HasMetadata wanted, String content) {
    return wanted instanceof Deployment server
        ? new DeploymentBuilder(server)
            .editMetadata()
            .addToAnnotations(CONTENT, content)
            .endMetadata()
            .build()
        : wanted;
  }

  /**
   * Somebody else's engine, which stays as it is. Namespace, ServiceAccount and binding may have
   * been prepared by hand; another hub's are never changed.
   */
  private Optional<String> stranger(Target.Reached target, HasMetadata object) {
    return switch (Owner.of(object, hubId)) {
      case Owner.Ours ours -> Optional.empty();
      case Owner.OtherHub other ->
          Optional.of(
              where(target)
                  + " belongs to hub "
                  + other.hubId()
                  + "; set velero.namespace of "
                  + target.registration().key()
                  + " to one of its own, or velero.management: Observe");
      case Owner.Foreign foreign
          when !(object instanceof Deployment) && !(object instanceof DaemonSet) ->
          Optional.empty();
      case Owner.Foreign foreign ->
          Optional.of(
              where(target)
                  + " was installed by somebody else; set velero.management: Observe of "
                  + target.registration().key()
                  + " to use it as it is");
    };
  }

  private static String where(Target.Reached target) {
    return "the Velero in namespace " + target.namespace() + " of cluster " + target.name();
  }

  private static Optional<HasMetadata> present(Seen<? extends HasMetadata> seen) {
    return seen instanceof Seen.Present<? extends HasMetadata> present
        ? Optional.of(present.object())
        : Optional.empty();
  }

  private static Map<String, String> versions(Target.Reached target) {
    return Map.of(
        "Deployment",
        Applied.version(present(target.member().deployment(Engine.DEPLOYMENT)).orElse(null)),
        "DaemonSet",
        Applied.version(present(target.member().daemonSet(Engine.DAEMON_SET)).orElse(null)));
  }

  /**
   * Removes the server and the node-agent where they are ours. Namespace, CRDs and Secrets stay:
   * they hold what others made, and the password of the volume data.
   */
  void uninstall(Target.Reached target) {
    for (HasMetadata wanted : Engine.manifests(target.engine(), hubId, Set.of()).reversed()) {
      if (wanted instanceof Namespace) {
        continue;
      }
      target
          .cluster()
          .get(wanted)
          .filter(is -> Owner.of(is, hubId) instanceof Owner.Ours)
          .ifPresent(target.cluster()::delete);
    }
    applied.forget(subject(target));
  }

  private static String subject(Target.Reached target) {
    // by registration too: a cluster tells its identity itself, and might borrow another's
    return target.registration().key() + " engine " + target.identity() + "/" + target.namespace();
  }
}
