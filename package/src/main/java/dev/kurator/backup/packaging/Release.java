package dev.kurator.backup.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The three xpkgs in {@code package/target}, made from the modules' jars.
 *
 * @param root the project's root folder
 * @param base base image of the programs
 * @param architecture of the programs, such as amd64
 */
record Release(Path root, String base, String architecture) {

  /** Where the product's archive is, or will be. */
  Path archive(Product product) {
    return root.resolve("package/target").resolve(product.packageName() + ".xpkg");
  }

  /** Builds the product's archive anew. */
  void build(Product product) throws IOException, InterruptedException {
    PackageLayer contents =
        PackageLayer.of(PackageYaml.ofSources(sources(product), product.objects()));
    Path target = archive(product);
    Files.createDirectories(target.toAbsolutePath().getParent());
    if (product.program()) {
      Path runtime = target.resolveSibling(product.packageName() + "-runtime.tar");
      new RuntimeImage(program(product), libraries(product), options(product))
          .build(base, architecture, target.resolveSibling("jib-cache"), runtime);
      try (Archive archive = Archive.open(runtime)) {
        Archive.write(archive.image().with(contents), name(product), target);
      }
      Files.delete(runtime);
    } else {
      Archive.write(Image.empty().with(contents), name(product), target);
    }
  }

  /** Whether the product's archive is missing or older than what it is made from. */
  boolean stale(Product product) throws IOException {
    Path archive = archive(product);
    if (Files.notExists(archive)) {
      return true;
    }
    FileTime built = Files.getLastModifiedTime(archive);
    for (Path input : inputs(product)) {
      if (Files.getLastModifiedTime(input).compareTo(built) > 0) {
        return true;
      }
    }
    return false;
  }

  private List<Path> inputs(Product product) throws IOException {
    List<Path> inputs = new ArrayList<>(PackageYaml.sources(sources(product), product.objects()));
    if (product.program()) {
      inputs.add(program(product));
      inputs.add(options(product));
    }
    return inputs;
  }

  private Path sources(Product product) {
    return root.resolve("package").resolve(product.folder());
  }

  private Path options(Product product) {
    return sources(product).resolve("java.options");
  }

  private Path libraries(Product product) {
    return root.resolve(product.folder()).resolve("target/lib");
  }

  private Path program(Product product) throws IOException {
    Path target = root.resolve(product.folder()).resolve("target");
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        String pattern = product.folder() + "-\\d[^-]*\\.jar";
        var jar = files.filter(file -> file.getFileName().toString().matches(pattern)).findFirst();
        if (jar.isPresent()) {
          return jar.get();
        }
      }
    }
    throw new IOException("no " + product.folder() + " jar in " + target + ": run mvn package");
  }

  private static String name(Product product) {
    return "kurator/" + product.packageName() + ":latest";
  }
}
