package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.BackupPolicy;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What orderedResources must look like to have an effect: Velero looks nothing up that is spelled
 * otherwise, and says so only in its log (velero pkg/backup/item_collector.go).
 */
final class OrderRules {

  private static final Pattern KIND = Pattern.compile("[a-z][-a-z0-9]*");
  private static final Pattern OBJECTS = Pattern.compile("[^ ,]+(,[^ ,]+)*");

  private static final int LONGEST = BackupPolicy.LONGEST_ORDER;

  private OrderRules() {}

  static void check(Map<String, String> ordered, String field, Problems problems) {
    ordered.forEach(
        (kind, objects) -> {
          problems.require(
              KIND.matcher(kind).matches(),
              field,
              Problems.shown(kind)
                  + " is not a kind here; use the plural alone, such as deployments");
          // a longer one is named by its length: the expression recurses with each object
          problems.require(
              objects.length() > LONGEST || OBJECTS.matcher(objects).matches(),
              field + "[" + kind + "]",
              "needs namespace/name (or name) of each object, with ',' and no spaces between them");
        });
  }
}
