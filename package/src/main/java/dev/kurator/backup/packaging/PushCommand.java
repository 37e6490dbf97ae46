package dev.kurator.backup.packaging;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code push}: pushes the three archives; prints the object that installs them. */
@Command(
    name = "push",
    description = {
      "Pushes the three xpkgs, building first what is missing or out of date.",
      "Prints, on standard output, what to kubectl apply afterwards."
    })
final class PushCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "REGISTRY[/ORG]",
      description = "Where to push; log in with docker login.")
  private String registry = "";

  @Option(
      names = "--version",
      defaultValue = "v0.1.0",
      description = "Tag of all three (default: ${DEFAULT-VALUE}).")
  private String version = "";

  @Option(
      names = "--pull-as",
      paramLabel = "HOST:PORT[/ORG]",
      description = "How the cluster names that registry, where it differs.")
  private @Nullable String pullAs;

  @Mixin private ReleaseOptions options = new ReleaseOptions();
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Destination to = parse(registry);
    Destination from = pullAs == null ? to : parse(pullAs);
    if (!from.acceptedByCrossplane()) {
      throw usage(
          "Crossplane wants a dot in the name of a registry: give --pull-as, not "
              + from.registry());
    }
    Release release = options.release();
    for (Product product : Product.values()) {
      if (release.stale(product)) {
        System.err.println("building " + release.archive(product));
        release.build(product);
      }
      System.err.println("pushed " + push(release, product, to, from));
    }
    System.out.print(installation(from));
    return 0;
  }

  private String push(Release release, Product product, Destination to, Destination from)
      throws IOException {
    try (Archive archive = Archive.open(release.archive(product))) {
      Image image = archive.image();
      Layer layer =
          image
              .packageLayer()
              .orElseThrow(() -> new IOException(release.archive(product) + " is no xpkg"));
      PackageYaml contents = PackageLayer.read(layer).installedFrom(from, version);
      return new Registry(to).push(product, image.with(PackageLayer.of(contents)), version);
    }
  }

  private String installation(Destination from) {
    return """
    apiVersion: pkg.crossplane.io/v1
    kind: Configuration
    metadata:
      name: %s
    spec:
      package: %s:%s
    """
        .formatted(
            from.objectName(Product.CONFIGURATION),
            from.repository(Product.CONFIGURATION),
            version);
  }

  private Destination parse(String text) {
    try {
      return Destination.parse(text);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private RuntimeException usage(String message) {
    return spec == null
        ? new IllegalArgumentException(message)
        : new ParameterException(spec.commandLine(), message);
  }
}
