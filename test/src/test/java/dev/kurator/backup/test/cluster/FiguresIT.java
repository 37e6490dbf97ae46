package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a claim costs over Velero alone: the same namespace of the same member, backed up and
 * restored through claims and by Velero's command line, in turns. Prints; asserts nothing about
 * time.
 */
@ClusterTest
@Tag("figures")
class FiguresIT {

  private static final int PAIRS = 7;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Bed bed = Bed.shared();

  @Test
  void aClaimAgainstTheSameBackupByVelerosOwnCommandLine() {
    bed.applyExample().awaitPhase("Completed", PATIENCE);
    String location = locationOf(bed.paris());
    compare(
        "velero backup create --wait",
        pair -> claim("figure-" + pair),
        pair -> command("figure-by-hand-" + pair, location));
  }

  @Test
  void aRestoreAgainstTheSameRestoreByVelerosOwnCommandLine() {
    GenericKubernetesResource backup = bed.applyExample().awaitPhase("Completed", PATIENCE);
    String name = String.valueOf(Claim.detail(backup, "paris").get("backupName"));
    compare(
        "velero restore create --wait",
        pair -> restore("figure-" + pair),
        pair -> restoreCommand("figure-by-hand-" + pair, name));
  }

  /** Both in turns, each time into something new. */
  private static void compare(
      String title, IntFunction<Runnable> claim, IntFunction<Runnable> command) {
    List<Double> claims = new ArrayList<>();
    List<Double> commands = new ArrayList<>();
    for (int pair = 0; pair <= PAIRS; pair++) {
      double ours = seconds(claim.apply(pair));
      double theirs = seconds(command.apply(pair));
      // The first pair warms both paths up.
      if (pair > 0) {
        claims.add(ours);
        commands.add(theirs);
      }
    }
    double ours = median(claims);
    double theirs = median(commands);
    System.out.printf("figures: claim applied to Completed, seconds: %s%n", claims);
    System.out.printf("figures: %s, seconds: %s%n", title, commands);
    System.out.printf(
        "figures: medians of %d pairs: claim %.2f s, velero %.2f s, ratio %.2f, difference %.2f"
            + " s%n",
        PAIRS, ours, theirs, ours / theirs, ours - theirs);
  }

  private Runnable restore(String name) {
    String spec =
        """
        backupName: %s
        destination: %s
        policies: [{name: shop, policy: {namespaceMapping: {%s: %s-claimed}}}]
        """
            .formatted(Example.NAME, bed.only(bed.paris()), Example.WORKLOAD, name);
    return () -> {
      bed.hub().cluster().apply(ClaimYaml.restore(Example.NAMESPACE, name, spec).text());
      bed.hub().restore(Example.NAMESPACE, name).awaitPhase("Completed", PATIENCE);
    };
  }

  private Runnable restoreCommand(String name, String backup) {
    return () ->
        bed.paris()
            .velero(
                "restore",
                "create",
                name,
                "--from-backup",
                backup,
                "--namespace-mappings",
                Example.WORKLOAD + ":" + name,
                "--wait");
  }

  private Runnable claim(String name) {
    String yaml = ClaimYaml.on(bed.store(), Example.NAMESPACE, name, bed.only(bed.paris())).text();
    return () -> {
      bed.hub().cluster().apply(yaml);
      bed.hub().claim(Example.NAMESPACE, name).awaitPhase("Completed", PATIENCE);
    };
  }

  private Runnable command(String name, String location) {
    return () ->
        bed.paris()
            .velero(
                "backup",
                "create",
                name,
                "--include-namespaces",
                Example.WORKLOAD,
                "--default-volumes-to-fs-backup",
                "--snapshot-volumes=false",
                "--storage-location",
                location,
                "--wait");
  }

  private static String locationOf(Member member) {
    return member.list(Kind.VELERO_IO_LOCATION).stream()
        .filter(
            found ->
                State.text(found, "spec", "objectStorage", "prefix").startsWith(Example.NAMESPACE))
        .findFirst()
        .orElseThrow()
        .getMetadata()
        .getName();
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return Math.round((System.nanoTime() - start) / 1e7) / 100.0;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
