package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.Condition;
import dev.kurator.backup.apis.managed.Names;
import dev.kurator.backup.apis.managed.VeleroInstall;
import dev.kurator.backup.apis.managed.VeleroInstallStatus;
import dev.kurator.backup.apis.managed.VeleroRestore;
import dev.kurator.backup.apis.managed.VeleroRestoreObservation;
import dev.kurator.backup.apis.managed.VeleroRestoreStatus;
import dev.kurator.backup.provider.member.Cluster;
import dev.kurator.backup.provider.member.MemberApiException;
import dev.kurator.backup.provider.velero.RestoreMarker;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One restore through random lives: calls that fail before or after they had their effect, lost
 * statuses, rebuilt hubs, newer backups, deletions by others. It runs once, of one backup, and what
 * was told of its end is never told otherwise.
 */
class RestoreRunsOnceTest {

  private static final int LIVES = 150;
  private static final int STEPS = 60;
  private static final Set<String> WRITES = Set.of("create", "apply", "patch", "delete");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void whateverHappensItRunsOnce(int part) {
    int ran = 0;
    int ended = 0;
    for (int life = 0; life < LIVES; life++) {
      World world = new World(part * 10_000L + life);
      world.live();
      ran += world.runs() > 0 ? 1 : 0;
      ended += world.outcome == null ? 0 : 1;
    }
    // or nothing would have been tried
    assertThat(ran).isGreaterThan(LIVES / 2);
    assertThat(ended).isGreaterThan(LIVES / 2);
  }

  /** A hub with one VeleroRestore, and its member. */
  private static final class World {

    private final long seed;
    private final Random random;
    private final FakeMember member = new FakeMember(Samples.MEMBER);
    private final FakeCluster cluster = member.cluster;
    private final Uses uses = new Uses();
    private Instant now = Instant.now().minus(Duration.ofDays(1));
    private VeleroRestore resource;
    private int backups;
    private boolean calm;
    private @Nullable VeleroRestoreObservation outcome;

    World(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      GenericKubernetesResource location = velero("BackupStorageLocation", RestoreLife.location());
      location.setAdditionalProperty("status", FakeVelero.available());
      cluster.put(location);
      backupIsTaken();
      resource = applied();
    }

    void live() {
      for (int step = 0; step < STEPS; step++) {
        now = now.plusSeconds(random.nextInt(120));
        switch (random.nextInt(12)) {
          case 0 -> hubIsRebuilt();
          case 1 -> resource.setStatus(null);
          case 2 -> backupIsTaken();
          case 3 -> restoreIsDeleted();
          case 4, 5 -> veleroGoesOn();
          default -> look();
        }
        assertThat(runs()).as("runs in life %d", seed).isLessThanOrEqualTo(1);
      }
      calm = true;
      for (int look = 0; look < 4; look++) {
        veleroGoesOn();
        look();
      }
      assertThat(runs()).as("runs in life %d", seed).isLessThanOrEqualTo(1);
      assertThat(resource.getStatus()).as("status in life %d", seed).isNotNull();
    }

    long runs() {
      return cluster.calls().stream().filter(call -> call.startsWith("create Restore/")).count();
    }

    private VeleroRestore applied() {
      VeleroRestore restore = RestoreLife.restore(null, "hash", "1h");
      restore.getMetadata().setCreationTimestamp(now.toString());
      restore.getMetadata().setAnnotations(new HashMap<>());
      return restore;
    }

    private void hubIsRebuilt() {
      resource = applied();
    }

    private void backupIsTaken() {
      GenericKubernetesResource backup = velero("Backup", "nightly-" + backups++);
      backup.getMetadata().setLabels(RestoreLife.OF_NIGHTLY);
      backup.getMetadata().setCreationTimestamp(now.toString());
      backup.setAdditionalProperty("spec", Map.of("storageLocation", RestoreLife.location()));
      backup.setAdditionalProperty(
          "status", Map.of("phase", "Completed", "startTimestamp", now.toString()));
      cluster.put(backup);
    }

    /** As Velero does with the Restores of a backup that it deletes, and anybody may. */
    private void restoreIsDeleted() {
      boolean known =
          cluster
              .find("ConfigMap", RestoreMarker.name(RestoreLife.RESTORE_NAME))
              .flatMap(there -> RestoreMarker.of((ConfigMap) there))
              .filter(RestoreMarker::created)
              .isPresent();
      // one that is gone before anybody noted that it was made counts as never made
      if (known) {
        there().ifPresent(cluster::remove);
      }
    }

    private void veleroGoesOn() {
      there()
          .ifPresent(
              object -> {
                GenericKubernetesResource restore = (GenericKubernetesResource) object;
                String phase = restore.get("status", "phase");
                restore.setAdditionalProperty(
                    "status",
                    RestoreLife.status(
                        phase == null
                            ? "InProgress"
                            : phase.equals("InProgress") && random.nextBoolean()
                                ? "PartiallyFailed"
                                : phase.equals("InProgress") ? "Completed" : phase));
                cluster.put(restore);
              });
    }

    private Optional<HasMetadata> there() {
      return cluster.find("Restore", RestoreLife.RESTORE_NAME);
    }

    /** One reconcile of a provider that has just been started: it knows nothing from before. */
    private void look() {
      try {
        Footing footing = footing();
        RestoreWork.Result result = new RestoreWork(resource, footing, this::annotate).proceed(now);
        resource = result.restore();
        switch (result.step()) {
          case RestoreStep.Watch watch -> told(watch.observation());
          case RestoreStep.Adopt adopt -> told(adopt.observation());
          case RestoreStep.End end -> told(end.observation());
          case RestoreStep.Create create -> {}
          case RestoreStep.Wait wait -> {}
          case RestoreStep.Rest rest -> {}
        }
      } catch (MemberApiException | HubRefused trouble) {
        assertThat(calm).as(trouble.toString()).isFalse();
      }
    }

    private void told(VeleroRestoreObservation seen) {
      boolean missed = Names.NOT_STARTED.equals(seen.phase());
      if (OneTimeSituation.over(seen.phase()) && !missed) {
        assertThat(outcome == null ? seen : outcome).as("end in life %d", seed).isEqualTo(seen);
        outcome = seen;
      }
      if (calm || random.nextInt(4) > 0) {
        resource.setStatus(new VeleroRestoreStatus(seen, List.of(), 1L));
      }
    }

    private VeleroRestore annotate(VeleroRestore restore, Map<String, String> annotations) {
      if (!calm && random.nextInt(6) == 0) {
        throw new HubRefused();
      }
      restore.getMetadata().getAnnotations().putAll(annotations);
      return restore;
    }

    private Footing footing() {
      Operation operation = Operation.of(resource);
      Target.Reached target =
          new Target.Reached(
              Registration.of(Samples.config(List.of("*"), null)),
              member,
              FakeMember.IDENTITY,
              shaky());
      return new Footing(desk(), operation, ready(), target);
    }

    /** The member's API, whose writes fail before or after they had their effect. */
    private Cluster shaky() {
      return (Cluster)
          Proxy.newProxyInstance(
              Cluster.class.getClassLoader(),
              new Class<?>[] {Cluster.class},
              (proxy, method, arguments) -> {
                int dice = calm || !WRITES.contains(method.getName()) ? 99 : random.nextInt(100);
                if (dice < 15) {
                  throw MemberApiException.noAnswer(Samples.MEMBER, null);
                }
                Object answer;
                try {
                  answer = method.invoke(cluster, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
                if (dice < 30) {
                  throw MemberApiException.noAnswer(Samples.MEMBER, null);
                }
                return answer;
              });
    }

    private Desk desk() {
      KubernetesClient hub = Unused.HUB;
      Triggers triggers = new Triggers(uses);
      SecretWatches secrets = new SecretWatches(hub, triggers::secretChanged);
      FakeVelero members = Unused.MEMBERS;
      Events events = new Events(hub, Runnable::run);
      States states = new States();
      Clusters clusters = new Clusters(key -> {});
      LeaseTiming timing = new LeaseTiming(Duration.ofMinutes(2));
      HubLeases leases =
          new HubLeases(
              "hub",
              new HubTerms(
                  new ConfigMapRecord(hub, ""),
                  timing.renewal(),
                  System::nanoTime,
                  HubTerms::randomTerm),
              timing,
              System::nanoTime,
              key -> Optional.empty(),
              clusters,
              key -> {});
      Targets targets =
          new Targets(key -> Optional.empty(), secrets, members, clusters, uses, leases);
      return new Desk(
          "hub",
          members,
          targets,
          leases,
          uses,
          secrets,
          triggers,
          new Releases(new ReleasesOnHub(hub, null)),
          new TerminatingNamespaces(hub, targets, events),
          events,
          states,
          new ReconcileFailures(hub, events, states, Runnable::run, Clock.systemUTC()));
    }

    private static VeleroInstall ready() {
      VeleroInstall install = Samples.install("install");
      install.setStatus(
          new VeleroInstallStatus(
              null,
              List.of(new Condition(Condition.READY, "True", "", "Available", null, 1L)),
              1L));
      return install;
    }

    private static GenericKubernetesResource velero(String kind, String name) {
      GenericKubernetesResource object = new GenericKubernetesResource();
      object.setApiVersion(VeleroKind.API_VERSION);
      object.setKind(kind);
      object.setMetadata(
          new ObjectMetaBuilder()
              .withName(name)
              .withNamespace(FakeVelero.namespace())
              .withCreationTimestamp("2026-11-20T00:00:00Z")
              .build());
      return object;
    }
  }

  /** Must never be taken for a failure of the member. */
  private static final class HubRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What a desk has and a decision about a restore does not touch. */
  private static final class Unused {
    static final KubernetesClient HUB = new KubernetesClientBuilder().build();
    static final FakeVelero MEMBERS = new FakeVelero();
  }
}
