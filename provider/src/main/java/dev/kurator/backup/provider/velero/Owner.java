package dev.kurator.backup.provider.velero;

import dev.kurator.backup.apis.managed.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/** Who made an object on a member. What is not ours is never changed or removed. */
public sealed interface Owner {

  /** We made it, or the hub that we replace. */
  record Ours() implements Owner {}

  /** Another hub made it. */
  record OtherHub(String hubId) implements Owner {}

  /** Somebody made it who is no hub at all, for example {@code velero install}. */
  record Foreign() implements Owner {}

  /**
   * Reads the owner off an object's hub label.
   *
   * @param existing an object as it is on the member
   * @param hubId our own {@code --hub-id}
   */
  static Owner of(HasMetadata existing, String hubId) {
    Map<String, String> labels = existing.getMetadata().getLabels();
    String hub = labels == null ? null : labels.get(Names.HUB_LABEL);
    if (hub == null) {
      return new Foreign();
    }
    return hub.equals(hubId) ? new Ours() : new OtherHub(hub);
  }
}
