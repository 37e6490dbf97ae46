package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The main job on a fresh bed, in a terminal: the example's claim, live until it ends. */
public final class Demo {

  /** Label of the demo's containers; {@code ./demo down} removes them by it. */
  private static final String LABEL = "dev.kurator.backup.demo";

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Set<String> FINAL = Set.of("Completed", "PartiallyFailed", "Failed");

  private Demo() {}

  /**
   * Runs the demo and leaves its containers behind.
   *
   * @param args the project's root folder
   */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    Consumer<String> terminal = new Terminal(System.nanoTime());
    terminal.accept("starting hub, two members, object store and registry");
    Bed bed = Bed.start(root, Map.of(LABEL, "true"), terminal);
    Claim claim = bed.applyExample();
    terminal.accept("claim " + Example.NAMESPACE + "/" + Example.NAME + " applied");
    Progress progress = new Progress(terminal);
    GenericKubernetesResource ended =
        claim.await(
            "the claim ends",
            PATIENCE,
            seen -> {
              progress.show(seen);
              return FINAL.contains(State.phase(seen));
            });
    System.out.println(whatToLookAt(bed, root));
    // Not exit: Testcontainers would take the containers along.
    System.out.flush();
    Runtime.getRuntime().halt(State.phase(ended).equals("Completed") ? 0 : 1);
  }

  private static String whatToLookAt(Bed bed, Path root) throws IOException {
    Path folder = root.resolve("test/target/demo");
    bed.writeKubeconfigs(folder);
    return """

    Look at it:
      export KUBECONFIG=FOLDER/hub.kubeconfig
      kubectl -n team-shop get backups.backup.kurator.dev
      kubectl -n team-shop describe backups.backup.kurator.dev before-upgrade
      kubectl -n team-shop get veleroinstalls,velerobackups
      kubectl --kubeconfig FOLDER/paris.kubeconfig -n velero get backups.velero.io
    Clean up:
      ./demo down
    """
        .replace("FOLDER", folder.toString());
  }

  /** Prints lines with the time since the start. */
  private record Terminal(long start) implements Consumer<String> {
    @Override
    public void accept(String line) {
      long seconds = (System.nanoTime() - start) / 1_000_000_000;
      System.out.printf("%3d:%02d  %s%n", seconds / 60, seconds % 60, line);
    }
  }
}
