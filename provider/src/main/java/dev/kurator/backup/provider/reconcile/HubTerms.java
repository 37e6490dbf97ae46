package dev.kurator.backup.provider.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which instance of the hub this is: the hub's UID, the term of this process, and the rounds in
 * which it renews its Leases. Every round is on the hub before it is on any member. So a hub that
 * was copied from a snapshot finds out on the members that the other one went on.
 */
final class HubTerms {

  private static final int KEPT = 20;
  private static final int RACES = 5;

  private final HubRecord record;
  private final Duration renewal;
  private final LongSupplier nanos;
  private final Supplier<String> newTerm;
  private final Map<String, Long> earlier = new HashMap<>();
  private volatile @Nullable String uid;
  private volatile @Nullable Round last;
  private String term;
  private boolean read;
  private boolean ended;

  /**
   * Nothing is read or written before the first round.
   *
   * @param record of the terms so far
   * @param renewal after which a new round begins
   * @param nanos a monotonic clock
   * @param newTerm gives a text of 8 hexadecimal digits that it never gave before
   */
  HubTerms(HubRecord record, Duration renewal, LongSupplier nanos, Supplier<String> newTerm) {
    this.record = record;
    this.renewal = renewal;
    this.nanos = nanos;
    this.newTerm = newTerm;
    this.term = newTerm.get();
  }

  /**
   * One renewal of all Leases.
   *
   * @param holder what is written as holder
   * @param began before the hub was told of it, in nanoseconds of the monotonic clock: what is
   *     renewed in this round counts from then
   * @param earlier the terms of this hub that are over, each with its last round
   */
  record Round(LeaseHolder holder, long number, long began, Map<String, Long> earlier) {}

  /** A term that no other process has. */
  static String randomTerm() {
    return UUID.randomUUID().toString().substring(0, 8);
  }

  /** The hub's UID; empty before the first round. */
  Optional<String> uid() {
    return Optional.ofNullable(uid);
  }

  /** This process never writes its term again: another hub may have named it. */
  synchronized void endTerm() {
    ended = true;
  }

  /**
   * The round in which a Lease may be written now: the last one, or a new one where it is too long
   * ago.
   *
   * @throws KubernetesClientException where the hub cannot be read or written
   */
  synchronized Round current() {
    Round known = last;
    long now = nanos.getAsLong();
    if (known != null && !ended && now - known.began() < renewal.toNanos()) {
      return known;
    }
    String own = uid == null ? record.hubUid() : uid;
    String wanted = ended ? newTerm.get() : term;
    long number = write(wanted, known == null ? 0 : known.number());
    if (ended && known != null) {
      earlier.put(term, known.number());
    }
    term = wanted;
    ended = false;
    uid = own;
    Round round = new Round(new LeaseHolder(own, term), number, now, Map.copyOf(earlier));
    last = round;
    return round;
  }

  /** Writes the next round of a term, and gives its number. */
  private long write(String of, long before) {
    for (int race = 0; race < RACES; race++) {
      HubRecord.Kept kept = record.read();
      if (!read) {
        // only now: what is added later is another process of this hub, which may be at work
        earlier.putAll(kept.terms());
        read = true;
      }
      long highest = kept.terms().values().stream().mapToLong(round -> round).max().orElse(0);
      long number = Math.max(before, highest) + 1;
      SequencedMap<String, Long> terms = new LinkedHashMap<>(kept.terms());
      terms.putLast(of, number);
      while (terms.size() > KEPT) {
        terms.pollFirstEntry();
      }
      if (record.write(kept.version(), terms)) {
        return number;
      }
    }
    throw new KubernetesClientException("the record of the hub's terms is contended");
  }
}
