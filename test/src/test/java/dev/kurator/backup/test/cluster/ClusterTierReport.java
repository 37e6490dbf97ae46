package dev.kurator.backup.test.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says at the end of the build that the cluster tier did not run, and why. */
public final class ClusterTierReport {

  private ClusterTierReport() {}

  /**
   * Prints and removes the note that {@link ClusterTier} left, if any.
   *
   * @param args the build directory
   */
  public static void main(String[] args) throws IOException {
    // Not ClusterTier.NOTE: that class needs JUnit, which is not on this class path.
    Path note = Path.of(args[0], "cluster-tier-skipped.txt");
    if (Files.exists(note)) {
      System.out.println();
      System.out.println("CLUSTER TIER SKIPPED: " + Files.readString(note) + ".");
      System.out.println("Only the unit tier ran. -Dcluster=required makes this a failure.");
      System.out.println();
      Files.delete(note);
    }
  }
}
