package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.reconcile.ClaimBudget.Allowance;
import dev.kurator.backup.provider.reconcile.ClaimBudget.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A Backup over many members, second by second: Crossplane with its circuit breaker and the
 * function's turns, the provider with its budget, members that take their time.
 */
final class FleetSimulation {

  /** Of a fleet with as many operations the function renders all at once. */
  private static final int SMALL = 16;

  /** As many installs of a larger one it renders before there is a word of any. */
  private static final int SILENT = 24;

  private static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");

  private final List<Member> members = new ArrayList<>();
  private final Set<Object> waiting = new HashSet<>();
  private final ClaimBudget<Object> budget;
  private final boolean paced;
  private final Random random;
  private final Breaker breaker = new Breaker();
  private int second;
  private boolean news;

  /** Crossplane's internal/circuit, with its defaults. */
  private static final class Breaker {
    private double tokens = 100;
    private double least = 100;
    private int counted;
    private boolean opened;

    void events(int count, int second) {
      tokens = Math.min(100, tokens + second - counted);
      counted = second;
      opened |= tokens < count;
      tokens -= count;
      least = Math.min(least, tokens);
    }
  }

  private static final class Member {
    private final Object install = new Object();
    private final Object operation = new Object();
    private final int ready;
    private final int takes;
    private boolean told;
    private int installed = Integer.MAX_VALUE;
    private int rendered = Integer.MAX_VALUE;
    private int announced = Integer.MAX_VALUE;
    private boolean ended;

    Member(int ready, int takes) {
      this.ready = ready;
      this.takes = takes;
    }
  }

  /**
   * A fleet.
   *
   * @param slowest seconds that the slowest installation takes, and the slowest backup
   * @param paced whether the provider heeds its budget
   */
  FleetSimulation(int size, int slowest, long seed, boolean paced) {
    this.random = new Random(seed);
    for (int i = 0; i < size; i++) {
      members.add(new Member(3 + random.nextInt(slowest), 3 + random.nextInt(slowest)));
    }
    this.budget = new ClaimBudget<>(Allowance.DEFAULT, BEGIN);
    this.paced = paced;
  }

  /** Runs until the claim knows of every end; gives the second. */
  int run() {
    breaker.events(13 + flapping(), second);
    install(members.getFirst());
    operate(members.getFirst());
    render();
    while (members.stream().anyMatch(member -> !member.ended)) {
      second++;
      budget.due(now()).forEach(waiting::remove);
      members.forEach(this::advance);
      if (news) {
        breaker.events(render() ? 6 + flapping() : 2 + 2 * random.nextInt(3), second);
        news = false;
      }
      if (second > 7200) {
        throw new AssertionError("it does not end");
      }
    }
    return second;
  }

  boolean opened() {
    return breaker.opened;
  }

  /** Fewest tokens that were left. */
  double least() {
    return breaker.least;
  }

  /** Crossplane reads the claim before its own last write has arrived, and puts conditions back. */
  private int flapping() {
    return 4 * random.nextInt(6);
  }

  private boolean render() {
    long silent = members.stream().filter(one -> one.installed <= second && !one.told).count();
    boolean more = false;
    for (Member member : members) {
      if (member.installed > second && (members.size() <= SMALL || ++silent <= SILENT)) {
        install(member);
        more = true;
      }
      if (member.rendered > second && (members.size() <= SMALL || member.told)) {
        operate(member);
        more = true;
      }
    }
    return more;
  }

  private void advance(Member member) {
    boolean ready = member.installed <= second - member.ready;
    if (ready && !member.told && may(member.install, Word.OPENING)) {
      member.told = true;
      write();
    }
    if (member.told && member.announced == Integer.MAX_VALUE && second > member.rendered) {
      member.announced = second;
      update();
    }
    boolean over = member.announced < second && second >= member.announced + member.takes;
    if (over && !member.ended && may(member.operation, Word.OUTCOME)) {
      member.ended = true;
      write();
    }
  }

  /** Who waits is not asked again before its turn. */
  private boolean may(Object who, Word word) {
    if (!paced) {
      return true;
    }
    if (waiting.contains(who)) {
      return false;
    }
    boolean may = budget.may(who, word, now());
    if (!may) {
      waiting.add(who);
    }
    return may;
  }

  private void install(Member member) {
    member.installed = second;
    create(member.install, Optional.empty());
  }

  private void operate(Member member) {
    member.rendered = second;
    create(member.operation, Optional.of(member.install));
  }

  private void create(Object who, Optional<Object> install) {
    breaker.events(1, second);
    budget.created(who, install, now());
  }

  private void write() {
    update();
    news = true;
  }

  /** An announcement alone is nothing that the claim tells. */
  private void update() {
    breaker.events(2, second);
    budget.updated(now());
  }

  private Instant now() {
    return BEGIN.plusSeconds(second);
  }
}
