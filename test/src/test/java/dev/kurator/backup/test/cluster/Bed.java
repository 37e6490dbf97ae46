package dev.kurator.backup.test.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hub, members, object store and registry, with everything installed as a user would install it and
 * the two members of examples/backup registered.
 *
 * @param hub with Crossplane and the three packages
 * @param paris a member, with a workload in {@link Example#WORKLOAD}
 * @param berlin the other member, with such a workload
 * @param store with the bucket {@link Example#BUCKET}
 * @param example the files that members and claims come from
 */
record Bed(Hub hub, Member paris, Member berlin, ObjectStore store, Example example) {

  private static final String RUN = "-" + UUID.randomUUID().toString().substring(0, 4);

  private static @Nullable Bed shared;
  private static boolean broken;

  /** The bed of this test run: started on first use, removed by Testcontainers in the end. */
  static synchronized Bed shared() {
    if (broken) {
      throw new IllegalStateException("the test bed did not start; see the first failure");
    }
    if (shared == null) {
      broken = true;
      shared = start(Path.of("..").toAbsolutePath().normalize(), Map.of(), step -> {});
      shared.clusters().forEach(Shown::record);
      if (BedMode.wanted().stays()) {
        shared.writeKubeconfigs(Path.of("target", "bed"));
      }
      broken = false;
    }
    return shared;
  }

  /** The hub and both members. */
  List<Cluster> clusters() {
    return List.of(hub.cluster(), paris.cluster(), berlin.cluster());
  }

  /**
   * Starts a bed, or finds the one that was kept.
   *
   * @param root the project's root folder
   * @param labels of its containers
   * @param progress told of every step
   */
  static Bed start(Path root, Map<String, String> labels, Consumer<String> progress) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      PackageRegistry registry = PackageRegistry.start(labels);
      progress.accept("registry is up");
      Starter starter = new Starter(labels, registry.internalName(), progress, threads);
      CompletableFuture<Hub> hub = starter.async("hub with Crossplane is up", starter::hub);
      CompletableFuture<Member> paris =
          starter.async("member paris is up", starter.member("paris"));
      CompletableFuture<Member> berlin =
          starter.async("member berlin is up", starter.member("berlin"));
      CompletableFuture<ObjectStore> store =
          starter.async("object store is up", () -> ObjectStore.start(labels));
      new Packages(root, registry).install(hub, threads);
      progress.accept("packages are installed and healthy");
      Bed bed = new Bed(hub.join(), paris.join(), berlin.join(), store.join(), new Example(root));
      bed.hub.cluster().apply(bed.example.deletionPolicy());
      bed.registerMembers();
      progress.accept("members paris and berlin are registered");
      return bed;
    }
  }

  /** Applies the example's claim, and what it needs. */
  Claim applyExample() {
    storeCredentials(Example.NAMESPACE);
    hub.cluster().apply(example.claim(store));
    return hub.claim(Example.NAMESPACE, Example.NAME);
  }

  /** Puts the object store's credentials beside the claims of a namespace. */
  void storeCredentials(String namespace) {
    if (!namespace.equals(Example.NAMESPACE)) {
      Leavings.in(namespace);
    }
    hub.secret(namespace, Example.CREDENTIALS, "cloud", store.credentials());
  }

  /** Writes a kubeconfig per cluster, for kubectl. */
  void writeKubeconfigs(Path folder) {
    try {
      Files.createDirectories(folder);
      for (Cluster cluster : clusters()) {
        Files.writeString(folder.resolve(cluster.name() + ".kubeconfig"), cluster.kubeconfig());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes a namespace for claims, with the object store's credentials in it.
   *
   * @param name which every member of the bed must allow: team-*
   * @return its name: on a bed that is kept, one that no run before this one used
   */
  String namespace(String name) {
    String unused = BedMode.wanted().stays() ? name + RUN : name;
    storeCredentials(unused);
    return unused;
  }

  /** The destination of a claim for one member alone, as YAML. */
  String only(Member member) {
    String environment = member.equals(paris) ? "prod" : "staging";
    return "{fleet: europe, clusterSelector: {matchLabels: {env: " + environment + "}}}";
  }

  private void registerMembers() {
    store.bucket(Example.BUCKET);
    hub.storeKubeconfig(paris.cluster());
    hub.storeKubeconfig(berlin.cluster());
    hub.cluster().apply(example.members());
  }

  /** Starts one thing each, beside the others. */
  private record Starter(
      Map<String, String> labels, String registry, Consumer<String> progress, Executor threads) {

    <T> CompletableFuture<T> async(String done, Supplier<T> start) {
      return CompletableFuture.supplyAsync(
          () -> {
            T started = start.get();
            progress.accept(done);
            return started;
          },
          threads);
    }

    Hub hub() {
      Hub hub = new Hub(Cluster.start("hub", registry, labels));
      hub.installCrossplane();
      return hub;
    }

    Supplier<Member> member(String name) {
      return () -> {
        Member member = new Member(Cluster.start(name, registry, labels));
        VariedSet.define(member);
        if (name.equals("berlin")) {
          Booth.define(member);
        }
        member.deployWorkload(Example.WORKLOAD);
        return member;
      };
    }
  }
}
