package dev.kurator.backup.test.render;

import dev.kurator.crossplane.render.v1alpha1.RenderRequest;
import dev.kurator.crossplane.render.v1alpha1.RenderResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code crossplane internal render}: Crossplane's real reconciler over an imagined hub.
 *
 * @param command how to start it
 * @param thisMachine the name by which it reaches this machine
 */
record RenderEngine(List<String> command, String thisMachine) {

  private static final String IMAGE = "xpkg.crossplane.io/crossplane/crossplane:v2.4.0";

  /** Reached from a container on Linux as on macOS. */
  private static final String HOST = "host.docker.internal";

  private static final int FATAL = 3;

  /**
   * One on the PATH, else Crossplane's image by Docker; Crossplane's CLI cannot render this way.
   */
  static Optional<RenderEngine> find() throws IOException, InterruptedException {
    return Stream.of(
            new RenderEngine(List.of("crossplane", "internal", "render"), "localhost"),
            new RenderEngine(
                List.of(
                    "docker",
                    "run",
                    "--rm",
                    "-i",
                    "--add-host",
                    HOST + ":host-gateway",
                    IMAGE,
                    "internal",
                    "render"),
                HOST))
        .filter(RenderEngine::works)
        .findFirst();
  }

  RenderResponse render(RenderRequest request) throws IOException, InterruptedException {
    Path answer = Files.createTempFile("render", ".bin");
    Path complaint = Files.createTempFile("render", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(answer.toFile())
              .redirectError(complaint.toFile())
              .start();
      try (OutputStream input = process.getOutputStream()) {
        request.writeTo(input);
      }
      int exit = process.waitFor();
      if (exit != 0 && exit != FATAL) {
        throw new IOException(
            String.join(" ", command) + " ended with " + exit + ": " + Files.readString(complaint));
      }
      return RenderResponse.parseFrom(Files.readAllBytes(answer));
    } finally {
      Files.delete(answer);
      Files.delete(complaint);
    }
  }

  private boolean works() {
    try {
      Process process =
          new ProcessBuilder(Stream.concat(command.stream(), Stream.of("--help")).toList())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(5, TimeUnit.MINUTES)
          && process.exitValue() == 0
          && output.contains("--timeout");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
