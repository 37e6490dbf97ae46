package dev.kurator.backup.provider.member;

import dev.kurator.backup.provider.velero.VeleroKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member with its credentials. It is looked at again and again: watches over a machine that froze
 * stay silent for ever, so only a look tells that it is gone.
 */
final class ConnectedMember implements Member, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectedMember.class);

  private final ProviderConfigKey key;
  private final Kubeconfig.Usable kubeconfig;
  private final Tls tls;
  private final Workshop workshop;
  private final MemberListener listener;

  private volatile Link link = new Link.Connecting();
  private @Nullable Session session;
  private volatile @Nullable String namespace;
  private volatile @Nullable String unwatchable;
  private Future<?> next = CompletableFuture.completedFuture(null);
  private Duration wait;
  private boolean looking;
  private boolean closed;

  ConnectedMember(
      ProviderConfigKey key,
      Kubeconfig.Usable kubeconfig,
      Workshop workshop,
      MemberListener listener) {
    this.key = key;
    this.kubeconfig = kubeconfig;
    this.tls = Tls.of(kubeconfig);
    this.workshop = workshop;
    this.listener = listener;
    this.wait = workshop.timing().firstRetry();
  }

  /** Begins to look; returns at once. */
  void start() {
    workshop.run(this::look);
  }

  @Override
  public ProviderConfigKey key() {
    return key;
  }

  @Override
  public Link link() {
    return link;
  }

  @Override
  public void report(Throwable failure) {
    // an unreachable member keeps its pace: its failures are known
    if (link instanceof Link.Reachable) {
      workshop.run(this::look);
    }
  }

  @Override
  public synchronized void watch(String wanted) {
    namespace = wanted;
    if (session != null) {
      watch(session, wanted);
    }
  }

  @Override
  public Seen<Deployment> deployment(String name) {
    return seen(watches -> watches.deployment(name));
  }

  @Override
  public Seen<DaemonSet> daemonSet(String name) {
    return seen(watches -> watches.daemonSet(name));
  }

  @Override
  public Seen<GenericKubernetesResource> velero(VeleroKind kind, String name) {
    return seen(watches -> watches.velero(kind, name));
  }

  @Override
  public Seen<List<GenericKubernetesResource>> velero(VeleroKind kind) {
    return seen(watches -> watches.velero(kind));
  }

  @Override
  public boolean veleroServed() {
    return watches().map(Watches::veleroServed).orElse(false);
  }

  @Override
  public Optional<String> unwatchable() {
    return veleroServed() ? Optional.empty() : Optional.ofNullable(unwatchable);
  }

  @Override
  public synchronized void close() {
    closed = true;
    next.cancel(false);
    if (session != null) {
      end(session);
      session = null;
    }
    link = new Link.Unreachable("its registration is not in use", Instant.now());
  }

  /** One look, never two at a time; ends by planning the next. */
  private void look() {
    Session current;
    synchronized (this) {
      if (closed || looking) {
        return;
      }
      looking = true;
      next.cancel(false);
      current = session;
    }
    Optional<Link> change = Optional.empty();
    try {
      change = current == null ? first() : again(current);
    } catch (RuntimeException e) {
      change = settle(null, new Link.Unreachable("it cannot be looked at", Instant.now()));
      // none: it was closed meanwhile
      change.ifPresent(unreachable -> LOG.warn("cannot look at {}", key, e));
    } finally {
      synchronized (this) {
        looking = false;
        if (!closed) {
          next = workshop.after(pause(), this::look);
        }
      }
    }
    change.ifPresent(now -> listener.linkChanged(key, now));
  }

  /** A look at a member that answered last time. */
  private Optional<Link> again(Session current) {
    Look look = Look.at(current.client(), workshop.work(), workshop.timing().look());
    return switch (look) {
      case Look.Alive(String identity)
          when link instanceof Link.Reachable(String known, _) && known.equals(identity) ->
          Optional.empty();
      case Look.Busy() -> Optional.empty();
      // it may be only this connection: one more look, over a new one
      case Look.Alive _, Look.Dead _ -> first();
    };
  }

  /** A look over a new client, which the member keeps if there is an answer. */
  private Optional<Link> first() {
    Session fresh = open();
    Look look = Look.at(fresh.client(), workshop.work(), workshop.timing().look());
    return switch (look) {
      case Look.Alive(String identity) ->
          settle(fresh, new Link.Reachable(identity, fresh.cluster()));
      case Look.Busy() -> lost(fresh, "its server is overloaded (429 Too Many Requests)");
      case Look.Dead(String reason) -> lost(fresh, reason);
    };
  }

  private Optional<Link> lost(Session fresh, String reason) {
    end(fresh);
    Link before = link;
    if (before instanceof Link.Unreachable(String known, _) && known.equals(reason)) {
      return Optional.empty();
    }
    Instant since = before instanceof Link.Unreachable(_, Instant then) ? then : Instant.now();
    return settle(null, new Link.Unreachable(reason, since));
  }

  private synchronized Optional<Link> settle(@Nullable Session now, Link found) {
    if (closed) {
      if (now != null) {
        end(now);
      }
      return Optional.empty();
    }
    if (session != null) {
      end(session);
    }
    session = now;
    link = found;
    unwatchable = null;
    String wanted = namespace;
    if (now != null && wanted != null) {
      watch(now, wanted);
    }
    return Optional.of(found);
  }

  private Duration pause() {
    Timing timing = workshop.timing();
    if (link instanceof Link.Reachable) {
      wait = timing.firstRetry();
      return timing.heartbeat();
    }
    Duration pause = wait;
    Duration doubled = wait.multipliedBy(2);
    wait = doubled.compareTo(timing.lastRetry()) < 0 ? doubled : timing.lastRetry();
    return pause;
  }

  private Session open() {
    KubernetesClient client = workshop.connector().open(kubeconfig, tls);
    return new Session(
        client,
        new ClientCluster(key.name(), client, workshop.timing().list(), this::report),
        workshop.watchMemory(),
        this::changed);
  }

  private void changed(String kind, String name) {
    String watched = namespace;
    if (watched != null) {
      listener.changed(key, kind, watched, name);
    }
  }

  private void watch(Session session, String wanted) {
    Watches started = session.watch(wanted, problem -> unwatchable(session, problem));
    if (started != null) {
      workshop.run(() -> startVelero(started));
    }
  }

  /** Begins anew after a while: at once, a hostile member's answers would cost time on and on. */
  private synchronized void unwatchable(Session broken, String problem) {
    if (broken != session || broken.watches() == null) {
      return;
    }
    unwatchable = problem;
    workshop.run(
        () -> {
          broken.unwatch();
          // not before: a watch that is there still would be taken for the new one
          var _ = workshop.after(workshop.timing().lastRetry(), () -> watchAgain(broken));
        });
    changed("", "");
  }

  private synchronized void watchAgain(Session broken) {
    String wanted = namespace;
    if (broken == session && wanted != null) {
      watch(broken, wanted);
    }
  }

  /** Velero's kinds are there only once its engine is: asks until they are. */
  private void startVelero(Watches watches) {
    if (!watches.startVelero()) {
      var _ = workshop.after(workshop.timing().served(), () -> startVelero(watches));
    }
  }

  /** Elsewhere, since goodbyes to a silent member take their time. */
  private void end(Session session) {
    workshop.run(session::close);
  }

  private synchronized Optional<Watches> watches() {
    return Optional.ofNullable(session).map(Session::watches);
  }

  private <T> Seen<T> seen(Function<Watches, Seen<T>> read) {
    return watches().map(read).orElseGet(Seen.Unknown::new);
  }
}
