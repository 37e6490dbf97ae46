package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.OperationObservation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How operations ended whose turn to tell it has not come: over is over, also where Velero's object
 * is gone by then.
 */
final class Endings {

  /** By UID: a resource of the same name made anew is another operation. */
  private final Map<String, Ending> endings = new ConcurrentHashMap<>();

  /**
   * One end.
   *
   * @param name of Velero's object
   * @param seen the last that is to be told of it
   * @param velero whether Velero said so
   */
  record Ending(String name, OperationObservation seen, boolean velero) {}

  /** Its turn has not come. */
  void keep(HasMetadata resource, Ending ending) {
    endings.put(resource.getMetadata().getUid(), ending);
  }

  /** How an operation ended, where that is still to be told. */
  Optional<Ending> of(HasMetadata resource) {
    return Optional.ofNullable(endings.get(resource.getMetadata().getUid()));
  }

  /** It is told, or nobody asks any more. */
  void forget(HasMetadata resource) {
    endings.remove(resource.getMetadata().getUid());
  }
}
