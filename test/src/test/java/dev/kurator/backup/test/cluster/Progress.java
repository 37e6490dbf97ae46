package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Prints a claim's status whenever it says something new. */
final class Progress {

  private final Consumer<String> out;
  private String shown = "";

  Progress(Consumer<String> out) {
    this.out = out;
  }

  /** Shows the claim, unless that would repeat the last lines. */
  synchronized void show(@Nullable GenericKubernetesResource claim) {
    StringBuilder text = new StringBuilder();
    // The rest of the summary repeats what the lines below say.
    String summary = State.text(claim, "status", "summary").replaceFirst(";.*", "");
    text.append("%-10s %s".formatted(State.phase(claim), summary));
    for (Map<String, Object> detail : State.entries(claim, "backupDetails")) {
      text.append(
          "%n          %-8s %-12s %s"
              .formatted(detail.get("clusterName"), detail.get("phase"), explanation(detail)));
    }
    if (!State.phase(claim).isEmpty() && !text.toString().equals(shown)) {
      shown = text.toString();
      out.accept(shown);
    }
  }

  private static Object explanation(Map<String, Object> detail) {
    if (detail.get("message") != null) {
      return detail.get("message");
    }
    // Velero leaves out what is zero
    return detail.get("progress") instanceof Map<?, ?> progress
        ? Objects.requireNonNullElse(progress.get("itemsBackedUp"), 0)
            + " of "
            + progress.get("totalItems")
            + " items"
        : "";
  }
}
