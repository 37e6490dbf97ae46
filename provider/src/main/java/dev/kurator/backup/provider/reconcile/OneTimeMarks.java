package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.OperationObservation;
import dev.kurator.backup.provider.velero.VeleroKind;
import dev.kurator.backup.provider.velero.VeleroPhase;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The conditions that an operation deserves which runs once.
 *
 * @param kind of Velero's object
 * @param name of Velero's object
 */
record OneTimeMarks(VeleroKind kind, String name) {

  /**
   * Ready and Synced.
   *
   * @param adopted whether Velero's object is from before the resource
   */
  List<Mark> of(OperationObservation seen, boolean adopted) {
    Mark synced =
        adopted
            ? Mark.adopted("Velero's " + object() + " is from before this resource" + begun(seen))
            : Mark.synced();
    return List.of(ready(seen), synced);
  }

  private String object() {
    return kind + " " + name;
  }

  private Mark ready(OperationObservation seen) {
    if (Names.NOT_STARTED.equals(seen.phase())) {
      return Mark.unavailable(reason(seen, "did not start before its deadline"));
    }
    return switch (VeleroPhase.of(seen.phase())) {
      case Completed -> Mark.available(warnings(seen) ? counts(seen) : null);
      case PartiallyFailed -> Mark.unavailable(counts(seen));
      case Failed -> Mark.unavailable(reason(seen, "Velero's " + object() + " failed"));
      case Waiting -> Mark.creating("waiting for Velero to begin " + object());
      case Running -> Mark.creating("Velero is at work on " + object());
      case Deleting -> Mark.creating("Velero is deleting " + object());
    };
  }

  private static String begun(OperationObservation seen) {
    return seen.startTimestamp() == null ? "" : ": begun " + seen.startTimestamp();
  }

  private static boolean warnings(OperationObservation seen) {
    return Objects.requireNonNullElse(seen.warnings(), 0L) > 0;
  }

  private String counts(OperationObservation seen) {
    String counted =
        "Velero counted %s and %s; `velero %s logs %s` on the member shows them"
            .formatted(
                count(seen.errors(), "error"),
                count(seen.warnings(), "warning"),
                kind.name().toLowerCase(Locale.ROOT),
                name);
    return seen.failureReason() == null ? counted : seen.failureReason() + "; " + counted;
  }

  private static String count(@Nullable Long number, String noun) {
    long counted = Objects.requireNonNullElse(number, 0L);
    return counted + " " + noun + (counted == 1 ? "" : "s");
  }

  private String reason(OperationObservation seen, String otherwise) {
    if (!seen.validationErrors().isEmpty()) {
      return "Velero refused the " + kind + ": " + String.join("; ", seen.validationErrors());
    }
    return Objects.requireNonNullElse(seen.failureReason(), otherwise);
  }
}
