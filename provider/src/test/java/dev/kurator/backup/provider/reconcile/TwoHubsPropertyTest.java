package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.provider.member.Cluster;
import dev.kurator.backup.provider.member.Link;
import dev.kurator.backup.provider.member.MemberApiException;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three hubs of one id, and a copy of one of them, on one member: killed, paused, cut off, and
 * named by people, between any two steps. Their clocks have nothing in common.
 */
@Execution(ExecutionMode.CONCURRENT)
class TwoHubsPropertyTest {

  private static final LeaseTiming TIMING = new LeaseTiming(Duration.ofMinutes(2));
  private static final int LIVES = Integer.getInteger("hubs.lives", 300);
  private static final int STEPS = 250;

  /** One process ends, wherever it was. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What is on a hub, and survives its processes. */
  private static final class Hub {
    final String uid;
    final long clock;
    SequencedMap<String, Long> terms = new LinkedHashMap<>();
    int version;
    @Nullable String otherHub;
    @Nullable String named;
    @Nullable Leader process;

    Hub(String uid, long clock) {
      this.uid = uid;
      this.clock = clock;
    }
  }

  private final class Leader {
    final Hub hub;
    final HubTerms terms;
    final FakeMember member = new FakeMember(Samples.MEMBER);
    final Cluster cluster;
    MemberLease lease;
    boolean dead;
    boolean busy;

    Leader(Hub hub) {
      this.hub = hub;
      this.cluster = interrupted(this);
      this.terms =
          new HubTerms(
              record(this),
              TIMING.renewal(),
              () -> now + hub.clock,
              TwoHubsPropertyTest.this::term);
      this.lease = lease();
    }

    MemberLease lease() {
      return new MemberLease(
          new HubLeaseName("hub", Samples.MEMBER, FakeMember.IDENTITY, "velero"),
          member,
          registration(),
          TIMING,
          () -> now + hub.clock);
    }

    private Registration registration() {
      Registration like = Registration.of(Samples.config(List.of("*"), null));
      return new Registration(
          like.key(),
          like.created(),
          like.kubeconfig(),
          like.kubeconfigKey(),
          like.namespaces(),
          like.engine(),
          null,
          hub.named,
          hub.otherHub,
          List.of());
    }

    void look() {
      if (busy) {
        return;
      }
      busy = true;
      try {
        lease.reachedBy(member, registration(), hub.otherHub != null);
        lease.tryNow(terms, cluster);
        remember();
      } catch (Killed e) {
        dead = true;
      } finally {
        busy = false;
      }
    }

    /** Whoever is told late is told before the process ends, in most lives. */
    private void remember() {
      if (random.nextInt(10) > 0) {
        hub.otherHub =
            lease.hold() instanceof LeaseHold.OtherHub(String holder, String problem)
                ? holder
                : lease.hold() instanceof LeaseHold.Held ? null : hub.otherHub;
      }
    }

    void leave() {
      if (!busy && lease.mayWrite()) {
        busy = true;
        try {
          lease.release(terms);
          lease = lease();
        } catch (MemberApiException e) {
          // tried again another time
        } catch (Killed e) {
          dead = true;
        } finally {
          busy = false;
        }
      }
    }

    boolean writes() {
      return !dead && lease.mayWrite();
    }
  }

  private Random random = new Random(0);
  private FakeCluster member = new FakeCluster();
  private List<Hub> hubs = new ArrayList<>();
  private final Set<Hub> wrote = new HashSet<>();
  private long now;
  private int terms;
  private long seed;
  private int depth;
  private int copies;

  private String term() {
    return "%08x".formatted(++terms);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000_000})
  void neverMayTwoWriteAtTheSameMoment(long first) {
    int busyLives = 0;
    for (long seed = first; seed < first + LIVES; seed++) {
      busyLives += live(seed) > 1 ? 1 : 0;
    }
    assertThat(busyLives).as("lives in which several hubs wrote in turn").isGreaterThan(LIVES / 4);
  }

  /** How many of its hubs wrote at some time. */
  private int live(long seed) {
    this.seed = seed;
    random = new Random(seed);
    member = new FakeCluster();
    hubs = new ArrayList<>();
    now = random.nextLong(1_000_000);
    depth = 0;
    copies = 0;
    for (int i = 0; i < 3; i++) {
      hubs.add(new Hub("hub-" + i, random.nextLong(Duration.ofDays(1000).toNanos())));
    }
    wrote.clear();
    for (int step = 0; step < STEPS; step++) {
      something();
      check();
    }
    return wrote.size();
  }

  private void check() {
    List<Hub> writing =
        hubs.stream().filter(hub -> hub.process != null && hub.process.writes()).toList();
    assertThat(writing).as("seed %d", seed).hasSizeLessThan(2);
    wrote.addAll(writing);
  }

  private void something() {
    Hub hub = hubs.get(random.nextInt(hubs.size()));
    int dice = random.nextInt(100);
    if (hub.process == null || hub.process.dead) {
      if (dice < 40) {
        hub.process = new Leader(hub);
      } else {
        pass(60);
      }
      return;
    }
    switch (dice) {
      case 0, 1 -> hub.process.dead = true;
      case 2 -> copy(hub);
      case 3, 4, 5 -> hub.named = holder().orElse(null);
      case 6 -> hub.process.leave();
      case 7, 8 -> hub.process.member.cut("no route");
      case 9, 10, 11 -> hub.process.member.heal();
      case 12 -> pass(600);
      default -> {
        if (dice < 60) {
          hub.process.look();
        } else {
          pass(60);
        }
      }
    }
  }

  private void pass(int most) {
    now += Duration.ofSeconds(1 + random.nextInt(most)).toNanos();
  }

  private Optional<String> holder() {
    return member
        .find("Lease", "kurator-hub-hub")
        .map(lease -> ((Lease) lease).getSpec().getHolderIdentity());
  }

  /** From a snapshot that is old enough: what was written before counts no more. */
  private void copy(Hub hub) {
    if (copies++ > 1 || depth > 0) {
      return;
    }
    Hub copy = new Hub(hub.uid, random.nextLong(Duration.ofDays(1000).toNanos()));
    copy.terms = new LinkedHashMap<>(hub.terms);
    copy.version = hub.version;
    copy.otherHub = hub.otherHub;
    copy.named = hub.named;
    long ready = now + TIMING.writing().toNanos();
    for (int i = 0; i < 30 || now < ready; i++) {
      something();
      check();
      pass(20);
      check();
    }
    hubs.add(copy);
  }

  /** Others act and time passes before and after each step of a process; it may end there. */
  private void meanwhile(Leader process) {
    if (depth < 2 && random.nextInt(5) == 0) {
      depth++;
      for (int i = random.nextInt(6); i > 0; i--) {
        something();
        check();
      }
      depth--;
    }
    if (random.nextInt(60) == 0 || process.dead) {
      process.dead = true;
      throw new Killed();
    }
  }

  private HubRecord record(Leader process) {
    return new HubRecord() {
      @Override
      public String hubUid() {
        return process.hub.uid;
      }

      @Override
      public Kept read() {
        meanwhile(process);
        return new Kept(
            String.valueOf(process.hub.version), new LinkedHashMap<>(process.hub.terms));
      }

      @Override
      public boolean write(String version, SequencedMap<String, Long> terms) {
        meanwhile(process);
        if (!version.equals(String.valueOf(process.hub.version))) {
          return false;
        }
        process.hub.version++;
        process.hub.terms = terms;
        meanwhile(process);
        return true;
      }
    };
  }

  /** The member as one process reaches it: or not, and an answer may be lost. */
  private Cluster interrupted(Leader process) {
    return (Cluster)
        Proxy.newProxyInstance(
            Cluster.class.getClassLoader(),
            new Class<?>[] {Cluster.class},
            (proxy, method, arguments) -> {
              meanwhile(process);
              reach(process);
              Object answer;
              try {
                answer = method.invoke(member, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              meanwhile(process);
              reach(process);
              return answer;
            });
  }

  private void reach(Leader process) {
    if (process.member.link() instanceof Link.Unreachable || random.nextInt(40) == 0) {
      throw MemberApiException.noAnswer(Samples.MEMBER, null);
    }
  }
}
