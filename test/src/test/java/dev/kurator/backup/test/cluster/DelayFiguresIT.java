package dev.kurator.backup.test.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Watchable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a finished backup costs: how long after Velero the claim says so, how much is written, and
 * how many requests the provider sends. Prints; asserts nothing about time.
 */
@ClusterTest
@Tag("figures")
class DelayFiguresIT {

  private static final int RUNS = 30;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Set<String> ENDED = Set.of("Completed", "PartiallyFailed", "Failed");

  private final Bed bed = Bed.shared();

  @Test
  void howLongAfterVeleroTheClaimEndsAndWhatIsWrittenOnTheWay() {
    bed.applyExample().awaitPhase("Completed", PATIENCE);
    List<Double> delays = new ArrayList<>();
    Map<String, Double> before = requests();
    for (int run = 0; run < RUNS; run++) {
      delays.add(delay("delay-" + run, run == RUNS - 1));
    }
    Map<String, Double> after = requests();
    delays.sort(null);
    System.out.printf(
        "figures: Velero terminal to claim terminal over %d runs: median %.2f s, p95 %.2f s, max"
            + " %.2f s%n",
        RUNS, delays.get(RUNS / 2), delays.get((int) (RUNS * 0.95)), delays.getLast());
    after.forEach(
        (series, count) ->
            System.out.printf(
                "figures: provider requests per finished backup: %s %.1f%n",
                series, (count - before.getOrDefault(series, 0.0)) / RUNS));
  }

  private double delay(String name, boolean print) {
    String yaml = ClaimYaml.on(bed.store(), Example.NAMESPACE, name, bed.only(bed.paris())).text();
    Writes writes = new Writes();
    var claims = Kind.BACKUP.on(bed.hub().client()).inNamespace(Example.NAMESPACE);
    var backups = Kind.VELERO_IO_BACKUP.on(bed.paris().client()).inNamespace(Member.VELERO);
    try (Moment claim = Moment.of(claims.withName(name), DelayFiguresIT::ended);
        Moment velero =
            Moment.of(
                backups.withLabel("backup.kurator.dev/claim-name", name), DelayFiguresIT::ended)) {
      if (print) {
        writes.watchAll(bed);
      }
      bed.hub().cluster().apply(yaml);
      double delay = (claim.nanos() - velero.nanos()) / 1e9;
      bed.hub().claim(Example.NAMESPACE, name).awaitPhase("Completed", PATIENCE);
      return delay;
    } finally {
      writes.close();
    }
  }

  private static boolean ended(GenericKubernetesResource object) {
    return ENDED.contains(State.phase(object));
  }

  /** The provider's own count, by cluster and verb. */
  private Map<String, Double> requests() {
    var pods =
        bed.hub()
            .client()
            .pods()
            .inNamespace(Hub.CROSSPLANE)
            .withLabel("pkg.crossplane.io/provider", "provider-velero")
            .list()
            .getItems();
    String text =
        bed.hub()
            .client()
            .raw(
                "/api/v1/namespaces/%s/pods/%s:8080/proxy/metrics"
                    .formatted(Hub.CROSSPLANE, pods.getFirst().getMetadata().getName()));
    Map<String, Double> requests = new TreeMap<>();
    text.lines()
        .filter(line -> line.startsWith("velero_provider_requests_total{"))
        .forEach(
            line ->
                requests.put(
                    line.substring(line.indexOf('{'), line.indexOf('}') + 1),
                    Double.parseDouble(line.substring(line.indexOf('}') + 2))));
    return requests;
  }

  /** When something first was as wanted, seen by a watch. */
  private record Moment(CompletableFuture<Long> seen, Watch watch) implements AutoCloseable {

    static Moment of(
        Watchable<GenericKubernetesResource> objects, Predicate<GenericKubernetesResource> wanted) {
      CompletableFuture<Long> seen = new CompletableFuture<>();
      return new Moment(
          seen,
          objects.watch(
              new Seen(
                  object -> {
                    if (wanted.test(object)) {
                      seen.complete(System.nanoTime());
                    }
                  })));
    }

    long nanos() {
      return seen.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
      watch.close();
    }
  }

  private record Seen(Consumer<GenericKubernetesResource> told)
      implements Watcher<GenericKubernetesResource> {

    @Override
    public void eventReceived(Action action, GenericKubernetesResource object) {
      told.accept(object);
    }

    @Override
    public void onClose(WatcherException cause) {
      throw new AssertionError("the watch broke", cause);
    }
  }

  /** Counts every write of one run, and prints the counts when it is closed. */
  private static final class Writes implements AutoCloseable {
    private final Map<String, Integer> events = new TreeMap<>();
    private final Map<String, Set<String>> objects = new TreeMap<>();
    private final List<Watch> watches = new ArrayList<>();

    void watchAll(Bed bed) {
      for (Kind kind : List.of(Kind.BACKUP, Kind.VELERO_INSTALL, Kind.VELERO_BACKUP)) {
        watch("hub " + kind.title(), kind.on(bed.hub().client()).inNamespace(Example.NAMESPACE));
      }
      for (Kind kind :
          List.of(Kind.VELERO_IO_BACKUP, Kind.VELERO_IO_VOLUME, Kind.VELERO_IO_LOCATION)) {
        watch("member " + kind.title(), kind.on(bed.paris().client()).inNamespace(Member.VELERO));
      }
    }

    private void watch(
        String what,
        FilterWatchListDeletable<GenericKubernetesResource, GenericKubernetesResourceList, ?> all) {
      String now = all.list().getMetadata().getResourceVersion();
      watches.add(
          all.watch(
              new ListOptionsBuilder().withResourceVersion(now).build(),
              new Seen(object -> count(what, object))));
    }

    private synchronized void count(String what, GenericKubernetesResource object) {
      events.merge(what, 1, Integer::sum);
      objects.computeIfAbsent(what, key -> new TreeSet<>()).add(object.getMetadata().getName());
    }

    @Override
    public synchronized void close() {
      watches.forEach(Watch::close);
      events.forEach(
          (what, count) ->
              System.out.printf(
                  "figures: written for one backup of one member: %s: %d objects, %d writes%n",
                  what, objects.getOrDefault(what, Set.of()).size(), count));
    }
  }
}
