package dev.kurator.backup.provider.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallParameters;
import dev.kurator.backup.apis.managed.VeleroInstallSpec;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random resources of a tenant: none stops the provider or another tenant, and each can be deleted.
 * {@code mvn -pl apis,provider test -Dtest=PoisonTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dpoison.tries=100000 -Dpoison.batch=1000 -Dpoison.untouched=20} tries so many, so many at a
 * time; {@code -Dpoison.first=N} begins with another seed than 0. Where a deletion waits for
 * another one, the provider looks again after 30 s, which is most of the time of a long run: {@code
 * poison.untouched=N} leaves it at that in each Nth batch only, and has it look at once in the
 * others.
 */
class PoisonTest extends ProviderLife {

  private static final int TRIES = Integer.getInteger("poison.tries", 40);
  private static final long FIRST = Long.getLong("poison.first", 0);
  private static final int BATCH = Integer.getInteger("poison.batch", 75);
  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("poison.patience", 120));
  private static final int UNTOUCHED = Integer.getInteger("poison.untouched", 1);

  /** Nothing more happens by itself before a timer ends. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  private static final String TENANT = "team-x";

  /** Each request is a line otherwise. */
  private static final Logger REQUESTS = Logger.getLogger("io.fabric8.mockwebserver");

  private final List<RandomResource> kinds = RandomResource.kinds();

  /** The paths of what was written. */
  private final BlockingQueue<String> changed = new LinkedBlockingQueue<>();

  /** How often what was asked of the member. */
  private final Map<String, Integer> asked = new TreeMap<>();

  /** How many had to be told to let go, by reason. */
  private final Map<String, Integer> told = new TreeMap<>();

  /** How often a deletion that waits was looked at sooner than by itself. */
  private int touched;

  @Override
  int maxReconcileRate() {
    return 5000;
  }

  @Test
  void noResourceStopsTheProviderOrAnotherTenantAndEachCanBeDeleted() throws Exception {
    REQUESTS.setLevel(Level.WARNING);
    PeakMemory memory = PeakMemory.start();
    api.listener(changed::add);
    // the machine may be at work on more than this
    hub.getConfiguration().setRequestTimeout((int) Duration.ofMinutes(1).toMillis());
    velero.says("Restore", Map.of("phase", "Completed"));
    register();
    applyAll(null);
    hub.resource(Samples.secret(TENANT, "store", "cloud", Samples.PASSWORD)).create();
    await(backup(), phase("Completed"));
    long begin = System.nanoTime();
    for (long from = FIRST; from < FIRST + TRIES; from += BATCH) {
      Map<String, String> made = create(from, Math.min(FIRST + TRIES, from + BATCH));
      anotherTenantsBackup(from);
      boolean touch = (from - FIRST) / BATCH % UNTOUCHED != 0;
      delete(made, touch, path -> !path.contains("installs/") && !path.contains("configs/"));
      delete(made, touch, path -> path.contains("installs/"));
      delete(made, touch, path -> path.contains("configs/"));
      forget();
      progress(from, begin, memory);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "poison: seeds %d to %d, %.0f s, %.1f a second; told to let go %s; looked at sooner"
            + " %d; asked of the member %s; %s%n",
        FIRST, FIRST + TRIES - 1, seconds, TRIES / seconds, told, touched, asked, memory);
  }

  /** A line now and then, for who waits for hours. */
  private static void progress(long from, long begin, PeakMemory memory) {
    if ((from - FIRST) / BATCH % 20 == 19) {
      System.out.printf(
          "poison: at seed %d after %d s; %s%n",
          from + BATCH, (System.nanoTime() - begin) / 1_000_000_000, memory);
    }
  }

  /** Their paths on the hub, with what they are; the provider has taken each of them on. */
  private Map<String, String> create(long from, long to) throws Exception {
    Map<String, String> made = new LinkedHashMap<>();
    // a location is not ready before a sync that is later than it
    velero.says("BackupStorageLocation", FakeVelero.available());
    if ((from - FIRST) / BATCH % 2 == 0) {
      made.put(workingInstall(), "an install that works");
    }
    List<Callable<@Nullable Void>> writes = new ArrayList<>();
    for (long seed = from; seed < to; seed++) {
      Random random = new Random(seed);
      RandomResource kind = kinds.get(random.nextInt(kinds.size()));
      String collection = kind.collection(TENANT);
      boolean named = random.nextInt(10) == 0 && !made.containsKey(collection + "/install");
      String name = named ? "install" : "poison-" + seed;
      ObjectNode object = kind.of(random, TENANT, name);
      String path = collection + "/" + name;
      made.put(path, "seed " + seed + ": " + object);
      ObjectNode edit = random.nextInt(4) == 0 ? kind.of(random, TENANT, name) : null;
      writes.add(
          () -> {
            hub.raw(collection, "POST", object);
            if (edit != null) {
              edit(path, edit);
            }
            return null;
          });
    }
    inParallel(writes);
    await(made, made.keySet(), path -> finalizers(path) > 0, left -> {});
    return made;
  }

  /** What names it is worked on at once. */
  private String workingInstall() {
    VeleroInstall install = Samples.install("install");
    install.getMetadata().setNamespace(TENANT);
    VeleroInstallParameters like = install.getSpec().forProvider();
    install.setSpec(
        new VeleroInstallSpec(
            new VeleroInstallParameters(
                like.location().under(TENANT + "/paris"), null, like.credentials(), null),
            install.getSpec().managementPolicies(),
            install.getSpec().providerConfigRef()));
    hub.resource(install).create();
    await(
        hub.resources(VeleroInstall.class).inNamespace(TENANT).withName("install"),
        installSays(Condition.READY, "True"));
    return "/apis/velero.m.kurator.dev/v1alpha1/namespaces/team-x/veleroinstalls/install";
  }

  private int finalizers(String path) {
    return read(String.valueOf(api.state(path))).at("/metadata/finalizers").size();
  }

  private static void inParallel(List<Callable<@Nullable Void>> tasks) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<?> task : threads.invokeAll(tasks)) {
        task.get();
      }
    }
  }

  /**
   * Until it is so of each; asks again of what was written meanwhile only.
   *
   * @param quiet is told what is left whenever nothing happens for a while
   */
  private void await(
      Map<String, String> made,
      Collection<String> paths,
      Predicate<String> done,
      Consumer<Set<String>> quiet)
      throws InterruptedException {
    Set<String> left = new LinkedHashSet<>(paths);
    left.removeIf(done);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!left.isEmpty()) {
      String path = changed.poll(QUIET.toNanos(), TimeUnit.NANOSECONDS);
      if (System.nanoTime() > end) {
        String first = left.iterator().next();
        throw new AssertionError(
            "%d wait, such as %s%nnow %s"
                .formatted(left.size(), made.get(first), api.state(first)));
      }
      if (path == null) {
        quiet.accept(left);
      } else if (left.contains(path) && done.test(path)) {
        left.remove(path);
      }
    }
  }

  private ObjectNode read(String state) {
    return hub.getKubernetesSerialization().unmarshal(state, ObjectNode.class);
  }

  /** Somebody writes it anew, as another release may. */
  private void edit(String path, ObjectNode object) {
    ObjectNode now = read(hub.raw(path));
    now.set("spec", object.get("spec"));
    try {
      hub.raw(path, "PUT", now);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  private void anotherTenantsBackup(long number) {
    VeleroBackup backup = Samples.backup("healthy", null, "1h");
    VeleroBackupParameters like = backup.getSpec().forProvider();
    backup.setSpec(
        new VeleroBackupSpec(
            new VeleroBackupParameters(
                "healthy-" + number,
                like.installName(),
                like.policy(),
                like.labels(),
                like.policyHash(),
                like.startDeadline(),
                like.progressInterval(),
                like.deletionPolicy()),
            backup.getSpec().managementPolicies(),
            backup.getSpec().providerConfigRef()));
    hub.resource(backup).create();
    Resource<VeleroBackup> there =
        hub.resources(VeleroBackup.class).inNamespace(Samples.NAMESPACE).withName("healthy");
    await(there, phase("Completed"));
    there.delete();
    await(there, ProviderLife::gone);
  }

  /** All at once. */
  private void delete(Map<String, String> made, boolean touch, Predicate<String> which)
      throws Exception {
    List<String> paths = made.keySet().stream().filter(which).toList();
    inParallel(
        paths.stream()
            .<Callable<@Nullable Void>>map(
                path ->
                    () -> {
                      hub.raw(path, "DELETE", null);
                      return null;
                    })
            .toList());
    Set<String> out = new HashSet<>();
    await(
        made,
        paths,
        path -> {
          String state = api.state(path);
          if (state != null && !out.contains(path)) {
            String reason = wayOut(state);
            if (reason != null) {
              out.add(path);
              told.merge(reason, 1, Integer::sum);
              letGo(path);
            }
          }
          return state == null;
        },
        left -> {
          if (touch) {
            left.forEach(this::touch);
          }
        });
  }

  /**
   * Why it waits for somebody, which its own status must say, with what to do: it is paused, or
   * must not leave something on a member that cannot be reached. Null of any other, which has to go
   * by itself.
   */
  private @Nullable String wayOut(String state) {
    for (JsonNode condition : read(state).at("/status/conditions")) {
      boolean failing =
          condition.path("type").asText().equals("Synced")
              && condition.path("status").asText().equals("False");
      if (failing && condition.path("reason").asText().equals("ReconcilePaused")) {
        return "paused";
      }
      if (failing && condition.path("message").asText().endsWith(PatientDeletion.WAY_OUT)) {
        return read(state).path("kind").asText() + " without its member";
      }
    }
    return null;
  }

  /** It is not paused any more, and nothing on its member is to be deleted. */
  private void letGo(String path) {
    change(
        path,
        object -> {
          object.withObject("/metadata/annotations").remove("crossplane.io/paused");
          object.withObject("/spec").putArray("managementPolicies").add("Observe");
        });
  }

  /** The provider looks at it, as at whatever is written. */
  private void touch(String path) {
    touched++;
    change(path, object -> object.withObject("/metadata/annotations").put("touched", "" + touched));
  }

  /** Until nothing else is written in between; what is gone is left alone. */
  private void change(String path, Consumer<ObjectNode> change) {
    for (String found = api.state(path); found != null; found = api.state(path)) {
      ObjectNode now = read(found);
      change.accept(now);
      try {
        hub.raw(path, "PUT", now);
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT
            && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
          throw e;
        }
      }
    }
  }

  /** What the fakes remember is not the provider's memory. */
  private void forget() throws InterruptedException {
    hub.v1().events().inAnyNamespace().delete();
    velero.cluster.calls().stream()
        .filter(call -> !call.contains("healthy"))
        .forEach(call -> asked.merge(call.replaceFirst("/.*", ""), 1, Integer::sum));
    velero.cluster.forgetCalls();
    for (VeleroKind kind : List.of(VeleroKind.Backup, VeleroKind.Restore, VeleroKind.Schedule)) {
      velero.cluster.all(kind).stream()
          .filter(object -> !object.getMetadata().getName().equals(Samples.BACKUP_NAME))
          .forEach(velero.cluster::remove);
    }
    while (server.takeRequest(0, TimeUnit.MILLISECONDS) != null) {
      // nobody reads it
    }
  }
}
