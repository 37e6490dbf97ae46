package dev.kurator.backup.apis.managed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a resource on the hub that this release cannot read.
 *
 * @param path steps from the root of the resource; that into a list is its index in brackets, as
 *     {@code [2]}
 * @param problem what is wrong with it and what to do
 * @param raw the value as it is on the hub, JSON; null where a required one is missing
 */
public record UnreadableField(List<String> path, String problem, @Nullable String raw) {

  /** The field as users write it, {@code spec.managementPolicies[2]}. */
  public String field() {
    return String.join(".", path).replace(".[", "[");
  }

  /** Whether it is that field, holds it, or is inside it. */
  public boolean touches(String field) {
    return within(field(), field) || within(field, field());
  }

  private static boolean within(String inner, String outer) {
    return inner.equals(outer) || inner.startsWith(outer + ".") || inner.startsWith(outer + "[");
  }

  @Override
  public String toString() {
    return field() + " " + problem;
  }
}
