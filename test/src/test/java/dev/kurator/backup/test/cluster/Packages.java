package dev.kurator.backup.test.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The three packages, pushed as a user pushes them: with {@code package/push}.
 *
 * @param root the project's root folder
 */
record Packages(Path root) {

  /** Builds what is out of date and pushes; returns the YAML that installs the Configuration. */
  String push(PackageRegistry registry) {
    try {
      Process process =
          new ProcessBuilder(
                  root.resolve("package/push").toString(),
                  registry.externalName(),
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
