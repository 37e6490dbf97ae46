package dev.kurator.backup.test.cluster;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Leaves the state of {@link Solo} in target/diagnostics when a test fails. */
final class SoloDiagnostics implements TestWatcher {

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    Path folder =
        Path.of("target", "diagnostics", "SoloIT")
            .resolve(context.getRequiredTestMethod().getName());
    try {
      new Diagnostics(folder).dump(Solo.shared().cluster());
      System.err.println("state of the cluster: " + folder.toAbsolutePath());
    } catch (IOException | RuntimeException e) {
      // The test's own failure must stay the one that is reported.
      System.err.println("no diagnostics: " + e.getMessage());
    }
  }
}
