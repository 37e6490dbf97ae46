package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.managed.ProviderConfigReference;
import dev.kurator.backup.provider.member.Link;
import dev.kurator.backup.provider.member.Member;
import dev.kurator.backup.provider.member.MemberApiException;
import dev.kurator.backup.provider.member.ProviderConfigKey;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This hub's Leases on members: of several hubs with one id, one works on a member. */
final class HubLeases {

  private static final Logger log = LoggerFactory.getLogger(HubLeases.class);

  private final String hubId;
  private final HubTerms terms;
  private final LeaseTiming timing;
  private final LongSupplier nanos;
  private final Function<ProviderConfigKey, Optional<Registration>> configs;
  private final Clusters clusters;
  private final Consumer<ProviderConfigKey> changed;
  private final Map<ProviderConfigKey, MemberLease> leases = new ConcurrentHashMap<>();

  /**
   * None is held yet.
   *
   * @param nanos a monotonic clock
   * @param clusters which registrations name the same cluster
   * @param changed told of each registration whose member may be worked on now, or no more
   */
  HubLeases(
      String hubId,
      HubTerms terms,
      LeaseTiming timing,
      LongSupplier nanos,
      Function<ProviderConfigKey, Optional<Registration>> configs,
      Clusters clusters,
      Consumer<ProviderConfigKey> changed) {
    this.hubId = hubId;
    this.terms = terms;
    this.timing = timing;
    this.nanos = nanos;
    this.configs = configs;
    this.clusters = clusters;
    this.changed = changed;
  }

  /** UID of this hub; empty before it held a Lease. */
  Optional<String> hubUid() {
    return terms.uid();
  }

  /**
   * The member as far as this hub may work on it: looks at the Lease where that is due.
   *
   * @param reachable the member's link
   */
  Target target(Registration registration, Member member, Link.Reachable reachable) {
    MemberLease lease = lease(registration, member, reachable.identity());
    if (!lease.mayWrite() && lease.lookDue(reachable.cluster())) {
      try {
        boolean news = lease.tryNow(terms, reachable.cluster());
        tell(registration, lease, news);
      } catch (KubernetesClientException e) {
        return new Target.Waiting(unwritten(e));
      }
    }
    return target(registration, member, reachable, lease);
  }

  private MemberLease lease(Registration registration, Member member, String identity) {
    HubLeaseName name =
        new HubLeaseName(
            hubId, registration.key().name(), identity, registration.engineNamespace());
    MemberLease lease =
        Objects.requireNonNull(
            leases.compute(
                registration.key(),
                (key, known) ->
                    known != null && known.name().equals(name)
                        ? known
                        : new MemberLease(name, member, registration, timing, nanos)));
    lease.reachedBy(member, registration, remembered(registration, identity));
    return lease;
  }

  /**
   * Whether a registration of that cluster remembers another hub. A namespace's word counts for its
   * own registration alone.
   */
  private boolean remembered(Registration registration, String identity) {
    return registration.otherHub() != null
        || clusters.of(identity).stream()
            .filter(key -> key.kind() == ProviderConfigReference.Kind.ClusterProviderConfig)
            .flatMap(key -> configs.apply(key).stream())
            .filter(other -> other.mayUseEngineIn(registration.engineNamespace()))
            .anyMatch(other -> other.otherHub() != null);
  }

  private Target target(
      Registration registration, Member member, Link.Reachable reachable, MemberLease lease) {
    HubLeaseName name = lease.name();
    return switch (lease.hold()) {
      case null -> new Target.Waiting(name.contended());
      case LeaseHold.Held held when !lease.isFresh(held) -> new Target.Waiting(name.expired());
      case LeaseHold.Held held when !lease.isSettled(held) ->
          new Target.Waiting(name.settling(timing.stale()));
      case LeaseHold.Held held ->
          new Target.Reached(
              registration,
              member,
              reachable.identity(),
              new FencedCluster(reachable.cluster(), () -> check(lease)));
      case LeaseHold.Waiting(String problem) -> new Target.Waiting(problem);
      case LeaseHold.OtherHub(String holder, String problem) -> new Target.OtherHub(problem);
      case LeaseHold.Failed(String problem) -> new Target.Unreachable(problem);
      case LeaseHold.Forbidden(String problem) -> new Target.Refused(problem);
    };
  }

  private static void check(MemberLease lease) {
    if (!lease.mayWrite()) {
      throw MemberApiException.notAllowedNow(lease.name().expired());
    }
  }

  private static String unwritten(KubernetesClientException failure) {
    return "the hub's own ConfigMaps cannot be read or written: " + failure.getMessage();
  }

  private void tell(Registration registration, MemberLease lease, boolean news) {
    boolean shown = Objects.equals(registration.otherHub(), holder(lease.hold()));
    if (news || !shown) {
      changed.accept(registration.key());
    }
  }

  /** Renews what is due, of every member in use; returns when all of it was tried. */
  void renew(Set<ProviderConfigKey> used, Executor executor) {
    leases.keySet().retainAll(used);
    List<CompletableFuture<Void>> tries =
        leases.entrySet().stream()
            .filter(entry -> entry.getValue().renewalDue())
            .map(
                entry ->
                    CompletableFuture.runAsync(
                        () -> renew(entry.getKey(), entry.getValue()), executor))
            .toList();
    tries.forEach(CompletableFuture::join);
  }

  private void renew(ProviderConfigKey key, MemberLease lease) {
    try {
      boolean before = lease.mayWrite();
      boolean news = lease.renew(terms) || before != lease.mayWrite();
      configs.apply(key).ifPresent(registration -> tell(registration, lease, news));
    } catch (RuntimeException e) {
      log.warn("Lease of {} not renewed, tried again soon", key, e);
    }
  }

  /**
   * Deletes the Lease of a member that the hub leaves.
   *
   * @throws MemberApiException where the member fails
   */
  void release(Target.Reached target) {
    MemberLease lease = leases.get(target.registration().key());
    if (lease != null) {
      lease.release(terms);
      leases.values().removeIf(other -> other.name().sameLease(lease.name()));
    }
  }

  /**
   * The holder of another hub that was seen at work on a registration's member.
   *
   * @return what its status remembers where nothing else is known
   */
  @Nullable String otherHub(Registration registration) {
    MemberLease lease = leases.get(registration.key());
    LeaseHold hold = lease == null ? null : lease.hold();
    return switch (hold) {
      case LeaseHold.OtherHub(String holder, String problem) -> holder;
      case LeaseHold.Held held -> null;
      case null, default -> registration.otherHub();
    };
  }

  /** The same with what to do, for the registration's own condition. */
  Optional<String> otherHubProblem(Registration registration) {
    return Optional.ofNullable(otherHub(registration))
        .map(
            holder ->
                new HubLeaseName(hubId, registration.key().name(), "", "")
                    .refused(registration.key(), holder));
  }

  private static @Nullable String holder(@Nullable LeaseHold hold) {
    return hold instanceof LeaseHold.OtherHub(String holder, String problem) ? holder : null;
  }

  /** Whether data that the hub of that UID made may be deleted, where a user asks for that. */
  boolean mayDeleteDataOf(@Nullable String maker, Registration registration) {
    String named = registration.takesOverFrom();
    return maker == null
        || terms.uid().filter(maker::equals).isPresent()
        || (named != null && named.replaceFirst("/.*", "").equals(maker));
  }

  /** Its times. */
  LeaseTiming timing() {
    return timing;
  }
}
