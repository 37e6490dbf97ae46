package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.Absent;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/**
 * All that the function answers about a claim.
 *
 * @param resources our managed resources by key
 * @param report what the claim says about itself
 * @param conditions the claim's conditions, always the same ones
 * @param ready whether the claim is ready
 * @param notices what changed with this answer
 * @param ttl when to be asked again at the latest, in whole seconds
 */
public record Rendering(
    SortedMap<String, Composed> resources,
    Report report,
    List<ClaimCondition> conditions,
    boolean ready,
    List<Notice> notices,
    Duration ttl) {

  /** Copies the lists. */
  public Rendering {
    conditions = Absent.orEmpty(conditions);
    notices = Absent.orEmpty(notices);
  }
}
