package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.member.Cluster;
import dev.kurator.backup.provider.member.MemberApiException;
import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The API of a member in memory; tells a listener of every change, and what was asked of it. */
final class FakeCluster implements Cluster {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  /** Every writing call, as {@code verb Kind/name}. */
  final List<String> calls = new ArrayList<>();

  /** Every writing call about a Lease, which {@link #calls} leaves out. */
  final List<String> leaseCalls = new ArrayList<>();

  private long version;
  private boolean leasesFail;
  private boolean namespacesNeeded;
  private final Map<String, Integer> listed = new HashMap<>();
  private final Set<String> listers = new HashSet<>();
  private final Map<String, HasMetadata> objects = new LinkedHashMap<>();
  private Consumer<HasMetadata> listener = object -> {};
  private @Nullable MemberApiException next;
  private @Nullable HasMetadata winner;
  private final Map<String, String> refusals = new HashMap<>();
  private boolean held;
  private volatile Consumer<VeleroKind> looks = kind -> {};

  /** Runs before each look at a Velero object by its name, on the thread that looks. */
  void beforeLooks(Consumer<VeleroKind> action) {
    looks = action;
  }

  synchronized void listener(Consumer<HasMetadata> listener) {
    this.listener = listener;
  }

  private void changed(HasMetadata object) {
    synchronized (this) {
      notifyAll();
    }
    listener.accept(object);
  }

  /** The next creation happens, but its answer is lost. */
  synchronized void loseNextAnswer() {
    next = MemberApiException.noAnswer(Samples.MEMBER, null);
  }

  /** From now on no call about a Lease gets an answer; or they do again. */
  synchronized void failLeases(boolean fail) {
    leasesFail = fail;
  }

  /** From now on there is no Lease without its Namespace. */
  synchronized void needNamespaces() {
    namespacesNeeded = true;
  }

  private void log(String verb, HasMetadata object) {
    (object instanceof Lease ? leaseCalls : calls).add(verb + " " + shown(object));
  }

  /** Only a Lease is written by more than one, here. */
  private void versioned(HasMetadata object) {
    if (object instanceof Lease) {
      object.getMetadata().setResourceVersion(String.valueOf(++version));
    }
  }

  private void answerOf(HasMetadata object) {
    if (object instanceof Lease && leasesFail) {
      throw MemberApiException.noAnswer(Samples.MEMBER, null);
    }
  }

  /** Creations of a kind are refused with those words; null ends it. */
  synchronized void refuse(String kind, @Nullable String reason) {
    if (reason == null) {
      refusals.remove(kind);
    } else {
      refusals.put(kind, reason);
    }
  }

  /** Somebody else is faster with an object than the next who creates one of its name. */
  synchronized void race(HasMetadata winner) {
    this.winner = winner;
  }

  @SuppressWarnings("unchecked")
  private static <T extends HasMetadata> T copy(T object) {
    return (T) JSON.unmarshal(JSON.asJson(object), object.getClass());
  }

  private static String key(String kind, @Nullable String namespace, String name) {
    return kind + "/" + Objects.requireNonNullElse(namespace, "") + "/" + name;
  }

  private static String key(HasMetadata object) {
    return key(
        object.getKind(), object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  private static String shown(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }

  /** Puts an object there as somebody else would. */
  void put(HasMetadata object) {
    synchronized (this) {
      HasMetadata now = complete(copy(object), objects.get(key(object)));
      versioned(now);
      objects.put(key(object), now);
    }
    changed(object);
  }

  /**
   * Changes an object as somebody else would, in one step: nobody's change between reading and
   * writing is lost, as with a resourceVersion.
   *
   * @param change gets a copy of the object, and says whether it changed it
   */
  void edit(String kind, String name, Predicate<HasMetadata> change) {
    HasMetadata edited;
    synchronized (this) {
      HasMetadata copy = find(kind, name).orElse(null);
      if (copy == null || !change.test(copy)) {
        return;
      }
      edited = copy;
      objects.put(key(edited), edited);
    }
    changed(edited);
  }

  /** Takes an object away as somebody else would. */
  void remove(HasMetadata object) {
    synchronized (this) {
      objects.remove(key(object));
    }
    changed(object);
  }

  private static <T extends HasMetadata> T complete(T object, @Nullable HasMetadata before) {
    ObjectMeta metadata = object.getMetadata();
    ObjectMeta old = before == null ? null : before.getMetadata();
    if (old == null) {
      if (metadata.getUid() == null) {
        metadata.setUid(UUID.randomUUID().toString());
      }
      if (metadata.getCreationTimestamp() == null) {
        metadata.setCreationTimestamp(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
      }
      metadata.setGeneration(Objects.requireNonNullElse(metadata.getGeneration(), 1L));
    } else {
      metadata.setUid(old.getUid());
      metadata.setCreationTimestamp(old.getCreationTimestamp());
      metadata.setGeneration(
          Objects.requireNonNullElse(metadata.getGeneration(), old.getGeneration()));
    }
    return object;
  }

  @Override
  @SuppressWarnings("unchecked")
  public synchronized <T extends HasMetadata> Optional<T> get(T like) {
    answerOf(like);
    return Optional.ofNullable((T) objects.get(key(like))).map(FakeCluster::copy);
  }

  /** An object by kind and name, wherever it is. */
  synchronized Optional<HasMetadata> find(String kind, String name) {
    return objects.values().stream()
        .filter(object -> shown(object).equals(kind + "/" + name))
        .findFirst()
        .map(FakeCluster::copy);
  }

  /** How often somebody listed the objects of a kind. */
  synchronized int listings(String kind) {
    return listed.getOrDefault(kind, 0);
  }

  /** The names of the threads that listed anything. */
  synchronized Set<String> listers() {
    return Set.copyOf(listers);
  }

  /** How many there are of a kind. */
  synchronized long count(String kind) {
    return objects.values().stream().filter(object -> object.getKind().equals(kind)).count();
  }

  /** Waits until the cluster is as expected. */
  void await(Predicate<FakeCluster> expected) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (this) {
      while (!expected.test(this)) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError("not as expected in time: " + objects.keySet() + calls);
        }
        try {
          wait(left);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /** Forgets what was asked so far. */
  synchronized void forgetCalls() {
    calls.clear();
  }

  /** What was asked so far. */
  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public Optional<GenericKubernetesResource> get(VeleroKind kind, String namespace, String name) {
    looks.accept(kind);
    synchronized (this) {
      return Optional.ofNullable(
              (GenericKubernetesResource) objects.get(key(kind.name(), namespace, name)))
          .map(FakeCluster::copy);
    }
  }

  @Override
  public synchronized List<GenericKubernetesResource> list(
      VeleroKind kind, String namespace, Map<String, String> labels) {
    listers.add(Thread.currentThread().getName());
    listed.merge(kind.name(), 1, Integer::sum);
    notifyAll();
    return all(kind).stream()
        .filter(
            object ->
                Objects.requireNonNullElse(
                        object.getMetadata().getLabels(), Map.<String, String>of())
                    .entrySet()
                    .containsAll(labels.entrySet()))
        .toList();
  }

  /** All objects of a kind, as a watch knows them. */
  synchronized List<GenericKubernetesResource> all(VeleroKind kind) {
    return objects.values().stream()
        .filter(object -> object.getKind().equals(kind.name()))
        .map(object -> copy((GenericKubernetesResource) object))
        .toList();
  }

  @Override
  public void patch(HasMetadata like, Map<String, ?> change) {
    HasMetadata now;
    synchronized (this) {
      answerOf(like);
      HasMetadata before = objects.get(key(like));
      if (before == null) {
        throw MemberApiException.refused(Samples.MEMBER, 404, "not found");
      }
      if (like instanceof Lease
          && change.get("metadata") instanceof Map<?, ?> metadata
          && !String.valueOf(before.getMetadata().getResourceVersion())
              .equals(metadata.get("resourceVersion"))) {
        throw MemberApiException.refused(Samples.MEMBER, 409, "changed meanwhile");
      }
      log("patch", like);
      now = MergePatch.of(before, change);
      if (before instanceof Lease) {
        now = JSON.unmarshal(JSON.asJson(now), Lease.class);
      }
      versioned(now);
      objects.put(key(like), now);
    }
    changed(now);
  }

  @Override
  public <T extends HasMetadata> T apply(T wanted) {
    T now;
    synchronized (this) {
      calls.add("apply " + shown(wanted));
      HasMetadata before = objects.get(key(wanted));
      now = complete(copy(wanted), before);
      if (before != null) {
        merge(now, before);
      }
      objects.put(key(wanted), now);
    }
    changed(now);
    return copy(now);
  }

  /** Server-side apply leaves the status alone. */
  private static void merge(HasMetadata now, HasMetadata before) {
    if (now instanceof GenericKubernetesResource generic
        && before instanceof GenericKubernetesResource old
        && old.getAdditionalProperties().containsKey("status")) {
      generic.setAdditionalProperty("status", old.getAdditionalProperties().get("status"));
    }
  }

  @Override
  public <T extends HasMetadata> T create(T wanted) {
    T now;
    @Nullable MemberApiException lost;
    synchronized (this) {
      answerOf(wanted);
      if (namespacesNeeded
          && wanted instanceof Lease
          && find("Namespace", wanted.getMetadata().getNamespace()).isEmpty()) {
        throw MemberApiException.refused(Samples.MEMBER, 404, "namespace not found");
      }
      String refusal = refusals.get(wanted.getKind());
      if (refusal != null) {
        throw MemberApiException.refused(Samples.MEMBER, 403, refusal);
      }
      if (winner != null && key(winner).equals(key(wanted))) {
        objects.put(key(winner), complete(copy(winner), null));
        winner = null;
      }
      if (objects.containsKey(key(wanted))) {
        throw MemberApiException.refused(Samples.MEMBER, 409, "already exists");
      }
      log("create", wanted);
      now = complete(copy(wanted), null);
      versioned(now);
      objects.put(key(wanted), now);
      lost = wanted instanceof Lease ? null : next;
      next = wanted instanceof Lease ? next : null;
    }
    changed(now);
    if (lost != null) {
      throw lost;
    }
    return copy(now);
  }

  @Override
  public void label(HasMetadata like, Map<String, String> labels) {
    HasMetadata object;
    synchronized (this) {
      calls.add("label " + shown(like));
      object = objects.get(key(like));
      if (object == null) {
        return;
      }
      Map<String, String> all = new LinkedHashMap<>(labels);
      all.putAll(Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of()));
      object.getMetadata().setLabels(all);
    }
    changed(object);
  }

  @Override
  public void delete(HasMetadata like) {
    synchronized (this) {
      log("delete", like);
      HasMetadata there = objects.get(key(like));
      if (held && there instanceof GenericKubernetesResource) {
        there.getMetadata().setDeletionTimestamp(Instant.now().toString());
      } else {
        objects.remove(key(like));
      }
    }
    changed(like);
  }

  @Override
  public void deleteUnchanged(HasMetadata read) {
    synchronized (this) {
      answerOf(read);
      HasMetadata there = objects.get(key(read));
      if (there != null
          && !Objects.equals(
              there.getMetadata().getResourceVersion(), read.getMetadata().getResourceVersion())) {
        throw MemberApiException.refused(Samples.MEMBER, 409, "changed meanwhile");
      }
    }
    delete(read);
  }

  /** From now on a finalizer keeps every Velero object. */
  synchronized void holdDeletions() {
    held = true;
  }

  /** The finalizers let go. */
  void finishDeletions() {
    List<HasMetadata> deleted;
    synchronized (this) {
      held = false;
      deleted =
          objects.values().stream()
              .filter(object -> object.getMetadata().getDeletionTimestamp() != null)
              .toList();
    }
    deleted.forEach(this::remove);
  }
}
