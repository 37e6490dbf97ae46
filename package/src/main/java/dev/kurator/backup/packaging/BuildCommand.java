package dev.kurator.backup.packaging;

import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code build}: makes the three archives. */
@Command(name = "build", description = "Builds the three xpkgs in package/target.")
final class BuildCommand implements Callable<Integer> {

  @Mixin private ReleaseOptions options = new ReleaseOptions();

  @Override
  public Integer call() throws Exception {
    Release release = options.release();
    for (Product product : Product.values()) {
      release.build(product);
      long size = Files.size(release.archive(product));
      System.err.printf("%s %,d kB%n", release.archive(product), size / 1000);
    }
    return 0;
  }
}
