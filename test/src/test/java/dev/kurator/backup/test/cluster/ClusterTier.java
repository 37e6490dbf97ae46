package dev.kurator.backup.test.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/**
 * Decides whether the cluster tier runs ({@code -Dcluster=auto|required|off}) and leaves a note for
 * {@link ClusterTierReport} when it does not.
 */
final class ClusterTier implements ExecutionCondition {

  /** Name of the note in the build directory; it holds the reason. */
  static final String NOTE = "cluster-tier-skipped.txt";

  private static final Optional<String> REASON = reasonToSkip();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (REASON.isEmpty()) {
      return ConditionEvaluationResult.enabled("Docker is there");
    }
    if (mode().equals("required")) {
      throw new IllegalStateException("the cluster tier is required, but " + REASON.get());
    }
    try {
      Files.writeString(Path.of("target", NOTE), REASON.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ConditionEvaluationResult.disabled(REASON.get());
  }

  private static Optional<String> reasonToSkip() {
    if (mode().equals("off")) {
      return Optional.of("it was switched off with -Dcluster=off");
    }
    return DockerClientFactory.instance().isDockerAvailable()
        ? Optional.empty()
        : Optional.of("Docker does not answer on this machine");
  }

  private static String mode() {
    return System.getProperty("cluster", "auto");
  }
}
