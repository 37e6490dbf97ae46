package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.provider.member.Admission;
import dev.kurator.backup.provider.member.Member;
import dev.kurator.backup.provider.member.MemberListener;
import dev.kurator.backup.provider.member.Members;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import dev.kurator.backup.provider.velero.Engine;
import dev.kurator.backup.provider.velero.Schedules;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One member, on which a fake Velero works at once what it is told to. */
final class FakeVelero implements Members {

  final FakeMember member = new FakeMember(Samples.MEMBER);
  final FakeCluster cluster = member.cluster;
  final AtomicInteger asked = new AtomicInteger();

  private final ExecutorService velero = Executors.newSingleThreadExecutor();
  private final Map<String, Map<String, Object>> told = new HashMap<>();
  private volatile boolean deletes = true;
  private volatile String kubeconfig = "";
  private volatile @Nullable Error failure;
  private volatile MemberListener listener = new Nobody();
  private final List<MemberListener> others = new CopyOnWriteArrayList<>();

  private static final class Nobody implements MemberListener {
    @Override
    public void linkChanged(ProviderConfigKey key, dev.kurator.backup.provider.member.Link link) {}

    @Override
    public void changed(ProviderConfigKey key, String kind, String namespace, String name) {}
  }

  /** Members for a provider that starts now; an earlier one hears no more. */
  Members attach(MemberListener listener) {
    this.listener = listener;
    cluster.listener(this::changed);
    return this;
  }

  /**
   * The same member for a provider of another hub, which reaches it over a connection of its own.
   */
  Members another(MemberListener also, FakeMember reached) {
    others.add(also);
    return new Members() {
      @Override
      public Admission member(ProviderConfigKey key, byte[] kubeconfig) {
        return new Admission.Admitted(reached);
      }

      @Override
      public Optional<Member> known(ProviderConfigKey key) {
        return Optional.of(reached);
      }

      @Override
      public void forget(ProviderConfigKey key) {}

      @Override
      public void retainOnly(Supplier<Set<ProviderConfigKey>> used) {}

      @Override
      public void close() {
        others.remove(also);
      }
    };
  }

  /** What Velero will say of new objects of a kind. */
  void says(String kind, Map<String, Object> status) {
    synchronized (told) {
      told.put(kind, status);
    }
  }

  /** A location that was validated and synced. */
  static Map<String, Object> available() {
    return Map.of(
        "phase",
        "Available",
        "lastSyncedTime",
        Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** Velero goes on: an object gets a new status. */
  void update(String kind, String name, Map<String, Object> status) {
    assertThat(cluster.find(kind, name)).isPresent();
    cluster.edit(
        kind,
        name,
        object -> {
          ((GenericKubernetesResource) object).setAdditionalProperty("status", status);
          return true;
        });
  }

  /** From now on requests to delete data stay as they are. */
  void deletesNothing() {
    deletes = false;
  }

  void cut(String reason) {
    member.cut(reason);
    listener.linkChanged(member.key(), member.link());
  }

  /** Whoever wants the member meets an error that nobody foresaw; null ends it. */
  void fails(@Nullable Error failure) {
    this.failure = failure;
  }

  /** Its first answer is awaited. */
  void connecting() {
    member.connecting();
    listener.linkChanged(member.key(), member.link());
  }

  void heal() {
    member.heal();
    listener.linkChanged(member.key(), member.link());
  }

  private void changed(HasMetadata object) {
    velero.execute(
        () -> {
          work(object);
          tell(listener, object);
          others.forEach(other -> tell(other, object));
        });
  }

  private void tell(MemberListener one, HasMetadata object) {
    one.changed(
        member.key(),
        object.getKind(),
        String.valueOf(object.getMetadata().getNamespace()),
        object.getMetadata().getName());
  }

  private void work(HasMetadata hint) {
    String kind = hint.getKind();
    String name = hint.getMetadata().getName();
    cluster.edit(kind, name, this::worked);
    if (kind.equals("DeleteBackupRequest") && deletes) {
      cluster.find(kind, name).ifPresent(this::deleteData);
    }
  }

  /** Whether there was something to do for an object; then it has been done to it. */
  private boolean worked(HasMetadata object) {
    return switch (object) {
      case Deployment deployment when deployment.getStatus() == null -> {
        deployment.setStatus(
            new DeploymentStatusBuilder()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withUpdatedReplicas(1)
                .withAvailableReplicas(1)
                .build());
        yield true;
      }
      case DaemonSet agents when agents.getStatus() == null -> {
        agents.setStatus(
            new DaemonSetStatusBuilder()
                .withObservedGeneration(agents.getMetadata().getGeneration())
                .withDesiredNumberScheduled(1)
                .withUpdatedNumberScheduled(1)
                .withNumberReady(1)
                .build());
        yield true;
      }
      case GenericKubernetesResource schedule
          when Boolean.TRUE.equals(schedule.get("spec", "skipImmediately"))
              && !Boolean.TRUE.equals(schedule.get("spec", "paused")) -> {
        skip(schedule);
        yield true;
      }
      case GenericKubernetesResource generic -> answered(generic);
      default -> false;
    };
  }

  /** As Velero's schedule controller does: it counts on from now. */
  private static void skip(GenericKubernetesResource schedule) {
    Map<String, Object> spec = fields(schedule, "spec");
    spec.put("skipImmediately", false);
    Map<String, Object> status = fields(schedule, "status");
    status.put("lastSkipped", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    schedule.setAdditionalProperty("spec", spec);
    schedule.setAdditionalProperty("status", status);
  }

  private static Map<String, Object> fields(GenericKubernetesResource object, String field) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (object.getAdditionalProperties().get(field) instanceof Map<?, ?> there) {
      there.forEach((key, value) -> fields.put(String.valueOf(key), value));
    }
    return fields;
  }

  /** Velero begins a run of a Schedule: it makes the Backup, and then notes that it did. */
  String run(String schedule, Instant time, Map<String, Object> status) {
    GenericKubernetesResource of =
        (GenericKubernetesResource) cluster.find("Schedule", schedule).orElseThrow();
    String name =
        schedule
            + "-"
            + DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC).format(time);
    GenericKubernetesResource backup = new GenericKubernetesResource();
    backup.setApiVersion(of.getApiVersion());
    backup.setKind("Backup");
    Map<String, Object> template = fields(of, "spec");
    backup.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(of.getMetadata().getNamespace())
            .withCreationTimestamp(time.toString())
            .withLabels(of.get("spec", "template", "metadata", "labels"))
            .addToLabels(Schedules.NAME_LABEL, schedule)
            .withAnnotations(of.getMetadata().getAnnotations())
            .build());
    backup.setAdditionalProperty("spec", template.get("template"));
    Map<String, Object> begun = new LinkedHashMap<>(status);
    begun.put("startTimestamp", time.toString());
    backup.setAdditionalProperty("status", begun);
    cluster.put(backup);
    Map<String, Object> noted = fields(of, "status");
    noted.put("lastBackup", time.toString());
    of.setAdditionalProperty("status", noted);
    cluster.put(of);
    return name;
  }

  private boolean answered(GenericKubernetesResource object) {
    if (object.getAdditionalProperties().containsKey("status")) {
      return false;
    }
    synchronized (told) {
      Map<String, Object> status = told.get(object.getKind());
      if (status != null) {
        object.setAdditionalProperty("status", status);
      }
      return status != null;
    }
  }

  private void deleteData(HasMetadata request) {
    cluster.remove(request);
    String backup =
        String.valueOf(((GenericKubernetesResource) request).<Object>get("spec", "backupName"));
    cluster.find("Backup", backup).ifPresent(cluster::remove);
  }

  /** The engine's namespace, for objects that tests put there. */
  static String namespace() {
    return Engine.namespace(dev.kurator.backup.apis.managed.EngineSettings.UNSET);
  }

  /** The provider has no credentials of an earlier use: it starts anew. */
  void forgetCredentials() {
    kubeconfig = "";
  }

  /** The kubeconfig that was used last. */
  String kubeconfig() {
    return kubeconfig;
  }

  @Override
  public synchronized Admission member(ProviderConfigKey key, byte[] kubeconfig) {
    asked.incrementAndGet();
    Error thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
    this.kubeconfig = new String(kubeconfig, java.nio.charset.StandardCharsets.UTF_8);
    if (key.kind() != ProviderConfigReference.Kind.ClusterProviderConfig
        || this.kubeconfig.startsWith("bad")) {
      return new Admission.Refused("it has an exec section");
    }
    member.open();
    return new Admission.Admitted(member);
  }

  @Override
  public synchronized Optional<Member> known(ProviderConfigKey key) {
    return kubeconfig.isEmpty() || !key.equals(member.key())
        ? Optional.empty()
        : Optional.of(member);
  }

  @Override
  public void forget(ProviderConfigKey key) {}

  @Override
  public synchronized void retainOnly(Supplier<Set<ProviderConfigKey>> used) {
    if (!used.get().contains(member.key())) {
      member.close();
    }
  }

  @Override
  public void close() {
    listener = new Nobody();
  }
}
