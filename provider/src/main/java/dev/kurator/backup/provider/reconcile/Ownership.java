package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;

/** Whether an operation made or adopted what has its external name on the member. */
enum Ownership {

  /** It wrote so before it did. */
  Recorded,

  /** Nothing says so: it may adopt what is its own by all that can be compared. */
  Possible,

  /** It only observes it, or its external name was edited. */
  None;

  /** Reads it off the resource. */
  static Ownership of(HasMetadata resource, Policies policies) {
    Map<String, String> annotations = Annotations.of(resource);
    String name = annotations.get(Names.EXTERNAL_NAME);
    String owned = annotations.get(Names.OWNED);
    if (name == null || (owned != null && !owned.equals(name))) {
      return None;
    }
    // an earlier release wrote only that it was about to create
    if (owned != null || annotations.containsKey(Names.EXTERNAL_CREATE_PENDING)) {
      return Recorded;
    }
    return policies.create() ? Possible : None;
  }
}
