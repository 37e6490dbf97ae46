package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.provider.member.Cluster;
import dev.kurator.backup.provider.member.Link;
import dev.kurator.backup.provider.member.Member;
import dev.kurator.backup.provider.member.MemberApiException;
import dev.kurator.backup.provider.velero.Engine;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The hub's Lease on one member, as one registration reaches it. Registrations of one cluster write
 * the same holder, so each may renew it.
 */
final class MemberLease {

  private static final int RACES = 5;

  /** As Kubernetes writes a MicroTime. */
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

  private final HubLeaseName name;
  private final LeaseTiming timing;
  private final LongSupplier nanos;
  private Member member;
  private Registration registration;
  private boolean remembered;
  private LeaseWatch watch = LeaseWatch.NOTHING;
  private @Nullable Cluster triedOn;
  private @Nullable String triedNamed;
  private long tried;
  private @Nullable String told;
  private boolean released;

  /** From when what this process took may be used; null where it took nothing. */
  private @Nullable Long settled;

  private volatile @Nullable LeaseHold hold;

  MemberLease(
      HubLeaseName name,
      Member member,
      Registration registration,
      LeaseTiming timing,
      LongSupplier nanos) {
    this.name = name;
    this.member = member;
    this.registration = registration;
    this.timing = timing;
    this.nanos = nanos;
  }

  HubLeaseName name() {
    return name;
  }

  /** Who knows how the member is reached now. */
  synchronized void reachedBy(Member member, Registration registration, boolean remembered) {
    this.member = member;
    this.registration = registration;
    this.remembered = remembered;
  }

  /** What came of the last try; null before the first. */
  @Nullable LeaseHold hold() {
    return hold;
  }

  /** Whether a write is allowed now. */
  boolean mayWrite() {
    return hold instanceof LeaseHold.Held held && isFresh(held) && isSettled(held);
  }

  boolean isFresh(LeaseHold.Held held) {
    return nanos.getAsLong() - held.began() < timing.writing().toNanos();
  }

  boolean isSettled(LeaseHold.Held held) {
    return nanos.getAsLong() - held.settled() >= 0;
  }

  /** Whether a look is due although no renewal is: something changed, or a while has passed. */
  synchronized boolean lookDue(Cluster cluster) {
    return hold == null
        || !cluster.equals(triedOn)
        || !String.valueOf(registration.takesOverFrom()).equals(String.valueOf(triedNamed))
        || since(tried).compareTo(timing.look()) >= 0;
  }

  /** Whether the process should look by itself. */
  synchronized boolean renewalDue() {
    return switch (hold) {
      case null -> true;
      case LeaseHold.Held held ->
          since(held.began()).compareTo(timing.renewal()) >= 0 || !kind(held).equals(told);
      case LeaseHold.OtherHub other -> since(tried).compareTo(timing.renewal()) >= 0;
      case LeaseHold.Waiting waiting -> true;
      case LeaseHold.Failed failed -> true;
      case LeaseHold.Forbidden forbidden -> since(tried).compareTo(timing.renewal()) >= 0;
    };
  }

  private Duration since(long then) {
    return Duration.ofNanos(nanos.getAsLong() - then);
  }

  /**
   * Renews it over the member's connection, where it has one.
   *
   * @return whether something else is known now
   */
  synchronized boolean renew(HubTerms terms) {
    return !released
        && member.link() instanceof Link.Reachable(String identity, Cluster cluster)
        && identity.equals(name.identity())
        && tryNow(terms, cluster);
  }

  /**
   * Looks at it, and writes it where it is ours or becomes so.
   *
   * @return whether something else is known now
   */
  synchronized boolean tryNow(HubTerms terms, Cluster cluster) {
    triedOn = cluster;
    triedNamed = registration.takesOverFrom();
    LeaseHold now = outcome(terms, cluster);
    tried = nanos.getAsLong();
    // what was renewed once counts for its time, whatever fails now
    boolean fresh = hold instanceof LeaseHold.Held held && isFresh(held);
    if (!fresh || !(now instanceof LeaseHold.Failed)) {
      hold = now;
    }
    String before = told;
    String kind = kind(hold);
    told = kind;
    return before != null && !before.equals(kind);
  }

  /** What is worth telling: not each renewal. */
  private String kind(@Nullable LeaseHold of) {
    return switch (of) {
      case null -> "";
      case LeaseHold.Held held -> "held " + isSettled(held) + isFresh(held);
      case LeaseHold.Waiting(String problem) -> problem;
      case LeaseHold.OtherHub(String holder, String problem) -> problem;
      case LeaseHold.Failed(String problem) -> problem;
      case LeaseHold.Forbidden(String problem) -> problem;
    };
  }

  private LeaseHold outcome(HubTerms terms, Cluster cluster) {
    try {
      for (int race = 0; race < RACES; race++) {
        Optional<LeaseHold> done = once(terms, cluster);
        if (done.isPresent()) {
          return done.get();
        }
      }
      return new LeaseHold.Waiting(name.contended());
    } catch (MemberApiException e) {
      return e.code() == HttpURLConnection.HTTP_FORBIDDEN
          ? new LeaseHold.Forbidden(name.rights(e.text()))
          : new LeaseHold.Failed(e.text());
    }
  }

  /** One look and one step; empty where somebody was faster. */
  private Optional<LeaseHold> once(HubTerms terms, Cluster cluster) {
    HubTerms.Round round = terms.current();
    long asked = nanos.getAsLong();
    Optional<Lease> there = cluster.get(name.like());
    Optional<LeaseSeen> seen = there.map(LeaseSeen::of);
    boolean ours =
        seen.filter(it -> LeaseDecisions.isOurs(it, round.holder(), round.earlier())).isPresent();
    watch = watch.saw(seen, ours, nanos.getAsLong());
    if (!ours && settled != null) {
      // what is taken next has its own time, also where the answer to that is lost; and its own
      // term, since the other hub's registration may name this one
      settled = null;
      terms.endTerm();
      return Optional.empty();
    }
    LeaseDecisions.Situation situation =
        new LeaseDecisions.Situation(
            round.holder(),
            round.earlier(),
            watch,
            watch.unchanged(asked),
            remembered,
            registration.takesOverFrom());
    return switch (LeaseDecisions.decide(situation, timing)) {
      case LeaseStep.Create(Duration settling) -> create(cluster, round, settling);
      case LeaseStep.Renew renew ->
          patch(cluster, round, seen.orElseThrow(), settled(seen.orElseThrow()));
      case LeaseStep.TakeOver(Duration settling) ->
          patch(cluster, round, seen.orElseThrow(), nanos.getAsLong() + settling.toNanos());
      case LeaseStep.Wait(String holder) ->
          Optional.of(new LeaseHold.Waiting(name.waiting(holder, timing.stale())));
      case LeaseStep.Refuse(String holder) ->
          Optional.of(new LeaseHold.OtherHub(holder, name.refused(registration.key(), holder)));
    };
  }

  /** From when what is held may be used; another registration's word is in the Lease itself. */
  private long settled(LeaseSeen seen) {
    Long known = settled;
    if (known != null) {
      return known;
    }
    return nanos.getAsLong() + (seen.settling() ? timing.stale().toNanos() : 0);
  }

  private Optional<LeaseHold> create(Cluster cluster, HubTerms.Round round, Duration settling) {
    long from = nanos.getAsLong() + settling.toNanos();
    try {
      return Optional.of(
          held(round, from, cluster.create(lease(round, !settling.isZero(), now()))));
    } catch (MemberApiException e) {
      if (e.notFound()) {
        return makeNamespace(cluster);
      }
      return unlessConflict(e);
    }
  }

  /** The first thing on a new member; what is there already stays as it is. */
  private Optional<LeaseHold> makeNamespace(Cluster cluster) {
    if (registration.engineObserved()) {
      return Optional.of(new LeaseHold.Forbidden(name.noNamespace(registration.key())));
    }
    try {
      cluster.create(Engine.namespaceObject(registration.engine(), name.hubId()));
    } catch (MemberApiException e) {
      return unlessConflict(e);
    }
    return Optional.empty();
  }

  private Optional<LeaseHold> patch(
      Cluster cluster, HubTerms.Round round, LeaseSeen seen, long from) {
    boolean settling = nanos.getAsLong() - from < 0;
    Map<String, @Nullable Object> annotations = new HashMap<>();
    annotations.put(LeaseSeen.ROUND, String.valueOf(round.number()));
    annotations.put(LeaseSeen.SETTLING, settling ? "true" : null);
    ZonedDateTime time = now();
    try {
      cluster.patch(
          name.like(),
          Map.of(
              "metadata",
              Map.of("resourceVersion", seen.version(), "annotations", annotations),
              "spec",
              Map.of(
                  "holderIdentity", round.holder().toString(), "renewTime", WRITTEN.format(time))));
    } catch (MemberApiException e) {
      // gone meanwhile: decided anew
      return e.notFound() ? Optional.empty() : unlessConflict(e);
    }
    return Optional.of(held(round, from, lease(round, settling, time)));
  }

  private LeaseHold held(HubTerms.Round round, long from, Lease written) {
    watch = watch.wrote(LeaseSeen.of(written), nanos.getAsLong());
    settled = from;
    return new LeaseHold.Held(round.began(), from);
  }

  private static Optional<LeaseHold> unlessConflict(MemberApiException failure) {
    if (failure.conflict()) {
      return Optional.empty();
    }
    throw failure;
  }

  private Lease lease(HubTerms.Round round, boolean settling, ZonedDateTime time) {
    return new LeaseBuilder(name.like())
        .editMetadata()
        .addToAnnotations(LeaseSeen.ROUND, String.valueOf(round.number()))
        .addToAnnotations(settling ? Map.of(LeaseSeen.SETTLING, "true") : Map.of())
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(round.holder().toString())
        .withLeaseDurationSeconds((int) Math.max(1, timing.stale().toSeconds()))
        .withRenewTime(time)
        .endSpec()
        .build();
  }

  /** For people: no hub ever compares it with its own clock. */
  private static ZonedDateTime now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
  }

  /**
   * Deletes it where this process holds it. Before that nothing is written any more: the next hub
   * may begin at once.
   *
   * @throws MemberApiException where the member fails
   */
  synchronized void release(HubTerms terms) {
    Cluster cluster = triedOn;
    if (cluster == null) {
      return;
    }
    hold = null;
    String own = terms.current().holder().toString();
    cluster
        .get(name.like())
        .filter(it -> LeaseSeen.of(it).holder().equals(own))
        .ifPresent(cluster::deleteUnchanged);
    released = true;
  }
}
