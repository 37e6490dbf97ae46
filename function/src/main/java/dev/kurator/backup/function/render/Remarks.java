package dev.kurator.backup.function.render;

import dev.kurator.backup.apis.claim.BackupRun;
import dev.kurator.backup.apis.claim.OperationDetail;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.function.plan.Phases;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the claim's summary says about a single entry. */
final class Remarks {

  /** Which object to look at is in the entry; here the members share what they wait for. */
  private static final Pattern AWAITED = Pattern.compile("^" + ObservedInstall.AWAITED + "\\S+: ");

  private Remarks() {}

  /** Of what is done once: what it waits for, or what is wrong with how it ended. */
  static List<String> ofOnce(OperationDetail detail) {
    if (!Phases.isTerminal(detail.phase())) {
      return trouble(detail).stream().toList();
    }
    String counts = counts(detail.errors(), detail.warnings());
    String told = prefixed(": ", detail.reasons().stream().findFirst().orElse(""));
    return switch (detail.phase()) {
      case Phases.COMPLETED -> {
        String holes = RestoreReport.told(detail).orElse("");
        String remark = joined(holes, counts.isEmpty() ? "" : counts + told);
        yield remark.isEmpty() ? List.of() : List.of(remark);
      }
      case Phases.PARTIALLY_FAILED -> {
        String failure = prefixed(": ", detail.failureReason());
        yield List.of(joined(detail.phase(), counts) + (failure.isEmpty() ? told : failure));
      }
      case Names.NOT_STARTED -> List.of(why(detail));
      default -> List.of(detail.phase() + prefixed(": ", why(detail)));
    };
  }

  /** Of a schedule: what is wrong with it, and with its last run. */
  static List<String> ofSchedule(Entry entry) {
    List<String> remarks = new ArrayList<>();
    if (!entry.sound()) {
      trouble(entry.detail()).ifPresent(remarks::add);
    }
    Runs.failed(entry.detail()).ifPresent(run -> remarks.add("last run failed: " + ofRun(run)));
    return remarks;
  }

  /** How a run ended, and why. */
  static String ofRun(BackupRun run) {
    String told = run.reasons().stream().findFirst().orElse("");
    return joined(run.phase(), counts(run.errors(), run.warnings()))
        + prefixed(": ", Objects.requireNonNullElse(run.failureReason(), told));
  }

  private static Optional<String> trouble(OperationDetail detail) {
    String away = "cluster " + detail.clusterName() + " is unreachable";
    return Optional.ofNullable(detail.message())
        .map(message -> AWAITED.matcher(message).replaceFirst(""))
        .map(message -> message.startsWith(away) ? "unreachable" : message);
  }

  private static String joined(String... parts) {
    return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
  }

  private static String prefixed(String prefix, @Nullable String text) {
    return text == null || text.isEmpty() ? "" : prefix + text;
  }

  private static String why(OperationDetail detail) {
    return Stream.of(detail.message(), detail.failureReason())
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(() -> String.join(", ", detail.validationErrors()));
  }

  private static String counts(@Nullable Long errors, @Nullable Long warnings) {
    return joined(count(errors, "error"), count(warnings, "warning"));
  }

  private static String count(@Nullable Long number, String noun) {
    return number == null || number == 0 ? "" : number + " " + noun + (number == 1 ? "" : "s");
  }
}
