package dev.kurator.backup.test.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The three packages, pushed as a user pushes them: with {@code package/push}.
 *
 * @param root the project's root folder
 * @param registry where they are pushed to
 */
record Packages(Path root, PackageRegistry registry) {

  static final String RELEASE = "v0.1.0";

  /** Puts the packages on the hub; on a kept one only if they are missing or to be upgraded. */
  void install(CompletableFuture<Hub> hub, Executor threads) {
    BedMode mode = BedMode.wanted();
    if (mode == BedMode.FRESH) {
      // Pushed while the hub starts.
      CompletableFuture<String> pushed =
          CompletableFuture.supplyAsync(() -> push(RELEASE), threads);
      hub.join().install(pushed.join());
    } else if (!hub.join().hasPackages()) {
      hub.join().install(push(RELEASE));
    } else if (mode == BedMode.UPGRADED) {
      String version = "v0.1." + Instant.now().getEpochSecond();
      hub.join().upgrade(push(version), version);
    }
  }

  /**
   * Builds what is out of date and pushes.
   *
   * @param version of all three, such as v0.1.0
   * @return the YAML that installs the Configuration
   */
  String push(String version) {
    try {
      Process process =
          new ProcessBuilder(
                  root.resolve("package/push").toString(),
                  registry.externalName(),
                  "--version",
                  version,
                  "--pull-as",
                  registry.internalName(),
                  "--base",
                  System.getProperty("jib.from.image", "eclipse-temurin:25-jre"))
              .redirectError(Redirect.INHERIT)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("package/push failed; its messages are above");
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while pushing", e);
    }
  }
}
