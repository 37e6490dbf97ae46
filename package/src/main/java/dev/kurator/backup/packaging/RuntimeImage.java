package dev.kurator.backup.packaging;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * The image of one Java program: base, its dependencies, its own jars.
 *
 * @param program the jar with the main class and a class path of {@code lib/*.jar}
 * @param libraries folder of those jars
 * @param options file of options for {@code java}, one on a line
 */
record RuntimeImage(Path program, Path libraries, Path options) {

  /** Crossplane runs packages as this user, which no base image knows by name. */
  private static final String USER = "2000:2000";

  /** Few arenas: glibc gives each thread its own, and hardly anything back. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("HOME", "/tmp", "MALLOC_ARENA_MAX", "2");

  private static final AbsoluteUnixPath APP = AbsoluteUnixPath.get("/app");
  private static final AbsoluteUnixPath LIB = AbsoluteUnixPath.get("/app/lib");

  /**
   * Builds the image.
   *
   * @param base image reference; {@code docker://} takes it from the local daemon, {@code tar://}
   *     from a file
   * @param architecture such as amd64 or arm64
   * @param cache folder for layers already built
   * @param target the archive to write
   */
  void build(String base, String architecture, Path cache, Path target)
      throws IOException, InterruptedException {
    try {
      JibContainerBuilder image =
          Jib.from(base)
              .setPlatforms(Set.of(new Platform(architecture, "linux")))
              .addLayer(jars(false), LIB)
              .addLayer(jars(true), LIB)
              .addLayer(List.of(program), APP)
              .setEnvironment(ENVIRONMENT)
              .setUser(USER)
              .setEntrypoint(entrypoint());
      image.containerize(
          Containerizer.to(TarImage.at(target).named("runtime"))
              .setApplicationLayersCache(cache)
              .addEventHandler(LogEvent.class, RuntimeImage::log)
              .setToolName("kurator-backup"));
    } catch (InvalidImageReferenceException
        | CacheDirectoryCreationException
        | RegistryException
        | ExecutionException e) {
      throw new IOException("cannot build on " + base + ": " + e.getMessage(), e);
    }
  }

  /** The options themselves, not the file: who looks at the image or its processes sees them. */
  List<String> entrypoint() throws IOException {
    List<String> entrypoint = new ArrayList<>();
    entrypoint.add("java");
    Files.readAllLines(options).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(entrypoint::add);
    entrypoint.add("-jar");
    entrypoint.add(APP.resolve(program.getFileName()).toString());
    return entrypoint;
  }

  /** Our own modules change with every build, so they share no layer with the dependencies. */
  private List<Path> jars(boolean ours) throws IOException {
    try (Stream<Path> files = Files.list(libraries)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .filter(file -> file.getFileName().toString().startsWith("apis-") == ours)
          .sorted()
          .toList();
    }
  }

  private static void log(LogEvent event) {
    if (event.getLevel() == LogEvent.Level.ERROR || event.getLevel() == LogEvent.Level.WARN) {
      System.err.println(event.getMessage());
    }
  }
}
