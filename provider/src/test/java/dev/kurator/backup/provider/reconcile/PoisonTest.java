package dev.kurator.backup.provider.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kurator.backup.apis.managed.VeleroBackup;
import dev.kurator.backup.apis.managed.VeleroBackupParameters;
import dev.kurator.backup.apis.managed.VeleroBackupSpec;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Random resources of a tenant: none stops the provider or another tenant, and each can be deleted.
 * {@code mvn -pl apis,provider test -Dtest=PoisonTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dpoison.tries=100000} tries so many; {@code -Dpoison.first=N} begins with another seed than 0.
 */
class PoisonTest extends ProviderLife {

  private static final int TRIES = Integer.getInteger("poison.tries", 150);
  private static final long FIRST = Long.getLong("poison.first", 0);
  private static final int BATCH = 50;
  private static final String TENANT = "team-x";

  /** Each request is a line otherwise. */
  private static final Logger REQUESTS = Logger.getLogger("io.fabric8.mockwebserver");

  private final List<RandomResource> kinds = RandomResource.kinds();

  @Override
  int maxReconcileRate() {
    return 5000;
  }

  @Test
  void noResourceStopsTheProviderOrAnotherTenantAndEachCanBeDeleted() throws InterruptedException {
    REQUESTS.setLevel(Level.WARNING);
    register();
    applyAll(null);
    await(backup(), phase("Completed"));
    for (long from = FIRST; from < FIRST + TRIES; from += BATCH) {
      Map<String, String> made = create(from, Math.min(FIRST + TRIES, from + BATCH));
      anotherTenantsBackup(from);
      delete(made, path -> !path.contains("installs/") && !path.contains("configs/"));
      delete(made, path -> path.contains("installs/"));
      delete(made, path -> path.contains("configs/"));
      forget();
    }
    System.out.printf(
        "poison: seeds %d to %d, peak heap %d MiB with the hub in memory%n",
        FIRST, FIRST + TRIES - 1, peakHeap() >> 20);
  }

  /** Their paths on the hub, with what they are. */
  private Map<String, String> create(long from, long to) {
    Map<String, String> made = new LinkedHashMap<>();
    for (long seed = from; seed < to; seed++) {
      Random random = new Random(seed);
      RandomResource kind = kinds.get(random.nextInt(kinds.size()));
      String name = random.nextInt(10) == 0 ? "install" : "poison-" + seed;
      ObjectNode object = kind.of(random, TENANT, name);
      String path = kind.collection(TENANT) + "/" + name;
      if (made.putIfAbsent(path, "seed " + seed + ": " + object) == null) {
        hub.raw(kind.collection(TENANT), "POST", object);
        if (random.nextInt(4) == 0) {
          edit(path, kind.of(random, TENANT, name));
        }
      }
    }
    return made;
  }

  /** Somebody writes it anew, as another release may. */
  private void edit(String path, ObjectNode object) {
    ObjectNode now = hub.getKubernetesSerialization().unmarshal(hub.raw(path), ObjectNode.class);
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

  /** One after the other, or many wait for the net under the watches. */
  private void delete(Map<String, String> made, Predicate<String> which) {
    List<String> left = new ArrayList<>(made.keySet().stream().filter(which).toList());
    left.forEach(path -> hub.raw(path, "DELETE", null));
    long begin = System.nanoTime();
    long end = begin + TimeUnit.MINUTES.toNanos(2);
    boolean asked = false;
    while (!left.isEmpty()) {
      left.removeIf(path -> hub.raw(path) == null);
      if (!asked && System.nanoTime() > begin + TimeUnit.SECONDS.toNanos(1)) {
        left.forEach(this::wayOut);
        asked = true;
      }
      if (!left.isEmpty() && System.nanoTime() > end) {
        throw new AssertionError(
            "not deleted: " + made.get(left.getFirst()) + "\nnow " + hub.raw(left.getFirst()));
      }
    }
  }

  /** What waits for what is not there, or for the end of a pause, is told to let go. */
  private void wayOut(String path) {
    for (String found = hub.raw(path); found != null; found = hub.raw(path)) {
      ObjectNode now = hub.getKubernetesSerialization().unmarshal(found, ObjectNode.class);
      // the hub in memory may lose an event: any edit is another
      ObjectNode annotations = now.withObject("/metadata").putObject("annotations");
      annotations.put("edited", "true");
      if (!path.contains("configs/") && now.get("spec") instanceof ObjectNode spec) {
        spec.putArray("managementPolicies").add("Observe");
      }
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

  /** With what is not collected yet: an upper bound. */
  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
