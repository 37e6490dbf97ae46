package dev.kurator.backup.packaging;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options that both commands share: what to build from. */
final class ReleaseOptions {

  @Option(
      names = "--root",
      defaultValue = ".",
      description = "The project's root folder (default: the current one).")
  private Path root = Path.of(".");

  @Option(
      names = "--base",
      defaultValue = "${sys:jib.from.image:-eclipse-temurin:25-jre}",
      description = {
        "Base image of function and provider, with a Java 25 (default: ${DEFAULT-VALUE}).",
        "docker://NAME takes it from the local Docker daemon, tar://FILE from a file."
      })
  private String base = "";

  @Option(names = "--architecture", description = "amd64, arm64, ... (default: this machine's).")
  private String architecture =
      switch (System.getProperty("os.arch")) {
        case "x86_64", "amd64" -> "amd64";
        case "aarch64" -> "arm64";
        case String other -> other;
      };

  /** The release that the options describe. */
  Release release() {
    return new Release(root.normalize(), base, architecture);
  }
}
