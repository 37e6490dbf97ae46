package dev.kurator.backup.test.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A Migrate against the same done by hand with Velero's command line: backup, wait until the target
 * has it, restore. Both are ruled by Velero's sync, once a minute. Prints; asserts nothing about
 * time.
 */
@ClusterTest
@Tag("figures")
class MigrateFiguresIT {

  private static final int PAIRS = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Bed bed = Bed.shared();
  private final String claims = bed.namespace("team-pace");

  @Test
  void aMigrateAgainstTheSameByHand() {
    // Velero, locations and repositories are there for both from then on.
    migrate("warm");
    String written = location(bed.berlin());
    String read = location(bed.paris());
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    for (int pair = 1; pair <= PAIRS; pair++) {
      String name = "pace-" + pair;
      ours.add(seconds(() -> migrate(name)));
      theirs.add(seconds(() -> byHand(name + "-by-hand", written)));
    }
    System.out.printf("figures: Migrate applied to Completed, seconds: %s%n", ours);
    System.out.printf("figures: the same by hand (location %s), seconds: %s%n", read, theirs);
    System.out.printf(
        "figures: medians of %d pairs: Migrate %.1f s, by hand %.1f s%n",
        PAIRS, median(ours), median(theirs));
  }

  private void migrate(String name) {
    bed.hub()
        .cluster()
        .apply(
            ClaimYaml.migrate(
                    bed.store(),
                    claims,
                    name,
                    bed.only(bed.berlin()),
                    bed.only(bed.paris()),
                    """
                    policy:
                      resourceFilter: {includedNamespaces: [%s]}
                      namespaceMapping: {%s: %s}
                    """
                        .formatted(Example.WORKLOAD, Example.WORKLOAD, claims + "-" + name))
                .text());
    bed.hub().migrate(claims, name).awaitPhase("Completed", PATIENCE);
  }

  private void byHand(String name, String location) {
    bed.berlin()
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
    Await.until(
        "the target has it",
        PATIENCE,
        Kind.VELERO_IO_BACKUP.on(bed.paris().client()).inNamespace(Member.VELERO).withName(name),
        Objects::nonNull);
    bed.paris()
        .velero(
            "restore",
            "create",
            name,
            "--from-backup",
            name,
            "--namespace-mappings",
            Example.WORKLOAD + ":" + claims + "-" + name,
            "--wait");
  }

  private String location(Member member) {
    return member.location(claims + "/berlin").orElseThrow().getMetadata().getName();
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return Math.round((System.nanoTime() - start) / 1e8) / 10.0;
  }

  private static double median(List<Double> values) {
    return values.stream()
        .flatMapToDouble(DoubleStream::of)
        .sorted()
        .skip(PAIRS / 2)
        .findFirst()
        .orElseThrow();
  }
}
