package dev.kurator.backup.test.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A hub of its own beside the bed, on which nobody plays the provider: Crossplane, the function,
 * and the types as the packages bring them.
 */
final class LoneHub {

  private static final Map<String, String> LABELS = Map.of("dev.kurator.backup.for", "large-fleet");
  private static final Duration SOON = Duration.ofMinutes(6);
  private static final String FUNCTION = "function-fleet-backup";

  private LoneHub() {}

  /**
   * Starts it and waits until it takes Backups.
   *
   * @param root the project's root folder
   * @param flags of Crossplane
   */
  static Hub start(Path root, String... flags) {
    PackageRegistry registry = PackageRegistry.start(LABELS);
    CompletableFuture<String> pushed =
        CompletableFuture.supplyAsync(() -> new Packages(root, registry).push(Packages.RELEASE));
    Hub hub = new Hub(Cluster.start("lone-hub", registry.internalName(), LABELS));
    hub.installCrossplane(flags);
    pushed.join();
    hub.cluster().apply(new Example(root).runtime("function"));
    hub.cluster()
        .apply(
            """
            apiVersion: pkg.crossplane.io/v1
            kind: Function
            metadata: {name: %s}
            spec: {package: "%s/%s:%s", runtimeConfigRef: {name: %s}}
            """
                .formatted(
                    FUNCTION, registry.internalName(), FUNCTION, Packages.RELEASE, FUNCTION));
    types(root).forEach(hub.cluster()::apply);
    Await.until(
        "the function is Healthy",
        SOON,
        Kind.FUNCTION.on(hub.client()).withName(FUNCTION),
        function -> State.is(function, "Healthy", "True"));
    hub.awaitCrd("backups.backup.kurator.dev");
    return hub;
  }

  private static List<String> types(Path root) {
    Path apis = root.resolve("package/configuration/apis");
    try (Stream<Path> crds = Files.list(root.resolve("package/provider/crds"))) {
      return Stream.concat(
              crds.sorted(),
              Stream.of("backups.backup.kurator.dev.yaml", "composition.yaml").map(apis::resolve))
          .map(LoneHub::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
