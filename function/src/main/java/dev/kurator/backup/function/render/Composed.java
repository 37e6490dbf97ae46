package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.Absent;
import java.util.Map;

/**
 * A managed resource to be.
 *
 * @param kind VeleroInstall, VeleroBackup, VeleroSchedule or VeleroRestore
 * @param namespace the claim's
 * @param name its metadata.name
 * @param labels its labels
 * @param spec one of the specs in {@code apis.managed}, only the fields that are ours
 * @param ready whether it has been observed to be ready
 */
public record Composed(
    String kind,
    String namespace,
    String name,
    Map<String, String> labels,
    Record spec,
    boolean ready) {

  /** Sorts the labels. */
  public Composed {
    labels = Absent.orEmpty(labels);
  }
}
