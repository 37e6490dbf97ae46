package dev.kurator.backup.provider.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one claim may still cost Crossplane. Every creation of one of its managed resources takes a
 * token from its circuit breaker and every update two, and so do the claim's own. Words wait for
 * their turn; they go out in batches, because each batch is also an update of the claim.
 *
 * <p>Not safe for use by several threads.
 *
 * @param <W> who has something to tell
 */
public final class ClaimBudget<W> {

  /** How urgent a status is, the most urgent first. */
  public enum Word {
    /** Others wait for it: a VeleroInstall is ready, or never will be as things are. */
    OPENING,
    /** An operation has ended or got stuck, or a schedule has run. */
    OUTCOME,
    /** How it comes along: left out where there is no room for it. */
    NEWS
  }

  /**
   * What Crossplane was started with.
   *
   * @param burst its --circuit-breaker-burst
   * @param perSecond its --circuit-breaker-refill-rate
   */
  public record Allowance(double burst, double perSecond) {

    /** Crossplane's defaults. */
    public static final Allowance DEFAULT = new Allowance(100, 1);
  }

  /** Claims with as many managed resources never come near the limit. */
  private static final int FEW = 10;

  private static final double CREATED = 1;
  private static final double UPDATED = 2;

  /** A claim's own updates at first, as measured with 50 members (docs/large-fleets.md). */
  private static final double BEGINNING = 45;

  /** A claim's own updates after a batch: its status is written two or three times. */
  private static final double RETOLD = 10;

  /**
   * The same where new resources follow, and so new references: Crossplane then writes conditions
   * to and fro until it reads what it has written last. Measured: 16 to 26.
   */
  private static final double REFERRED = 26;

  /** Never given away: others write too. */
  private static final double RESERVE = 5;

  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration PER_RESOURCE = Duration.ofMillis(600);

  private final Bucket bucket;
  private final Map<W, Optional<W>> resources = new HashMap<>();

  /** How many operations there are of each VeleroInstall that has any. */
  private final Map<W, Integer> operations = new HashMap<>();

  private final Map<W, Word> waiting = new LinkedHashMap<>();
  private final Set<W> granted = new HashSet<>();
  private Instant next;

  /**
   * Of a claim that has just been applied.
   *
   * @param now when
   */
  public ClaimBudget(Allowance allowance, Instant now) {
    this.bucket = new Bucket(allowance, BEGINNING, now);
    this.next = now.plus(FIRST);
  }

  /**
   * A managed resource of the claim was created just now.
   *
   * @param install the VeleroInstall that an operation waits for, empty for a VeleroInstall
   */
  public void created(W who, Optional<W> install, Instant now) {
    if (found(who, install)) {
      bucket.spend(CREATED, now);
    }
  }

  /** A managed resource of the claim is there, from before; whether that is new. */
  boolean found(W who, Optional<W> install) {
    if (resources.putIfAbsent(who, install) != null) {
      return false;
    }
    install.ifPresent(it -> operations.merge(it, 1, Integer::sum));
    return true;
  }

  /** One is no more; deletions cost nothing. */
  void gone(W who) {
    Optional<W> install = resources.remove(who);
    if (install != null) {
      install.ifPresent(it -> operations.computeIfPresent(it, (_, n) -> n == 1 ? null : n - 1));
    }
    waiting.remove(who);
    granted.remove(who);
  }

  /** Whether nothing of the claim is left. */
  boolean over() {
    return resources.isEmpty();
  }

  /** A managed resource of the claim was updated, by whomever. */
  public void updated(Instant now) {
    bucket.spend(UPDATED, now);
  }

  /**
   * Whether a word may go out now. If not, its turn comes with {@link #due}; then it is to be asked
   * for again, with what there is to tell by then.
   */
  public boolean may(W who, Word word, Instant now) {
    if (unlimited(now) || granted.remove(who)) {
      waiting.remove(who);
      return true;
    }
    waiting.put(who, word);
    return false;
  }

  /** Whose turn it is; empty nearly always. */
  public List<W> due(Instant now) {
    if (waiting.isEmpty() || (now.isBefore(next) && !unlimited(now))) {
      return List.of();
    }
    granted.clear();
    Turn turn = new Turn(bucket.left(now) - RESERVE);
    if (unlimited(now)) {
      turn.takers.addAll(waiting.keySet());
    } else if (!turn.takes(waiting) && !bucket.isNearlyFull(now)) {
      return List.of();
    }
    if (!turn.takers.isEmpty()) {
      granted.addAll(turn.takers);
      turn.takers.forEach(waiting::remove);
      bucket.promise(turn.cost, turn.own, now);
      next = now.plus(PER_RESOURCE.multipliedBy(resources.size()));
    }
    return turn.takers;
  }

  /** Who goes next, as far as the tokens reach. */
  private final class Turn {

    private final List<W> takers = new ArrayList<>();
    private final double most;
    private double cost;
    private double own = RETOLD;

    Turn(double most) {
      this.most = most;
    }

    /** Takes the most urgent; whether that is all that is pressing. */
    boolean takes(Map<W, Word> all) {
      List<Map.Entry<W, Word>> urgent = new ArrayList<>(all.entrySet());
      urgent.sort(Map.Entry.comparingByValue(Comparator.naturalOrder()));
      for (Map.Entry<W, Word> one : urgent) {
        if (!takes(one.getKey(), one.getValue())) {
          return one.getValue() == Word.NEWS;
        }
      }
      return true;
    }

    private boolean takes(W who, Word word) {
      boolean refers = word == Word.OPENING && !operations.containsKey(who);
      double claims = refers ? REFERRED : own;
      double more = cost + UPDATED + (word == Word.OPENING ? following(who) : 0);
      double left = most - more - claims;
      if (left < 0 || (word == Word.NEWS && bucket.isHalfEmpty(left))) {
        return false;
      }
      own = claims;
      cost = more;
      takers.add(who);
      return true;
    }
  }

  /**
   * What follows on an install: the announcements of its operations, and where they are not there
   * yet their creation and that of another install.
   */
  private double following(W install) {
    Integer there = operations.get(install);
    return there == null
        ? most(operations.values()) * (CREATED + UPDATED) + CREATED
        : there * UPDATED;
  }

  /** Members of a claim have equally many operations. */
  private static int most(Collection<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).max().orElse(1);
  }

  /** A few never matter; and once the breaker is open, nothing is gained by holding back. */
  private boolean unlimited(Instant now) {
    return resources.size() <= FEW || bucket.isOpen(now);
  }
}
