package dev.kurator.backup.test.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a claim costs over Velero alone: the same namespace of the same member, backed up through a
 * claim and by {@code velero backup create --wait}, in turns. Prints; asserts nothing about time.
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
    List<Double> claims = new ArrayList<>();
    List<Double> commands = new ArrayList<>();
    for (int pair = 0; pair <= PAIRS; pair++) {
      double claim = seconds(claim("figure-" + pair));
      double command = seconds(command("figure-by-hand-" + pair, location));
      // The first pair warms both paths up.
      if (pair > 0) {
        claims.add(claim);
        commands.add(command);
      }
    }
    double claim = median(claims);
    double command = median(commands);
    System.out.printf("figures: claim applied to Completed, seconds: %s%n", claims);
    System.out.printf("figures: velero backup create --wait, seconds: %s%n", commands);
    System.out.printf(
        "figures: medians of %d pairs: claim %.2f s, velero %.2f s, ratio %.2f, difference %.2f"
            + " s%n",
        PAIRS, claim, command, claim / command, claim - command);
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
