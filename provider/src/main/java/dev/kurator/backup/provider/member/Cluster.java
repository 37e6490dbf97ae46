package dev.kurator.backup.provider.member;

import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The API of one reachable member. Calls end within seconds, at the latest when the link gives up;
 * every failure is a {@link MemberApiException}, and where there was no answer the member's link
 * has been told of it already.
 */
public interface Cluster {

  /** The object of the same kind, namespace and name, as it is now. */
  <T extends HasMetadata> Optional<T> get(T like);

  /** The Velero object as it is now; empty also where the member does not serve Velero's kinds. */
  Optional<GenericKubernetesResource> get(VeleroKind kind, String namespace, String name);

  /** All Velero objects that carry every one of the labels; none where the kind is not served. */
  List<GenericKubernetesResource> list(
      VeleroKind kind, String namespace, Map<String, String> labels);

  /**
   * Server-side apply with our field manager, taking over fields that others set.
   *
   * @param wanted only what we own
   * @return the object as it is then
   */
  <T extends HasMetadata> T apply(T wanted);

  /** Creates; fails with a conflict where the name is taken. */
  <T extends HasMetadata> T create(T wanted);

  /** Adds labels and touches nothing else; does nothing where the object is gone. */
  void label(HasMetadata like, Map<String, String> labels);

  /**
   * JSON merge patch: null removes a field, what is not named stays. Fails with code 404 where the
   * object is gone, and with 409 where the change names a resourceVersion that is not its own.
   */
  void patch(HasMetadata like, Map<String, ?> change);

  /** Deletes, without waiting for the end of it; does nothing where the object is gone. */
  void delete(HasMetadata like);

  /**
   * Deletes an object as it was read, and fails with a conflict where it changed since; does
   * nothing where it is gone.
   */
  void deleteUnchanged(HasMetadata read);
}
