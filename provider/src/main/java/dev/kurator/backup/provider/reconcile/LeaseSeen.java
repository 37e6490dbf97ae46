package dev.kurator.backup.provider.reconcile;

import dev.kurator.backup.apis.syntax.PlainText;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A hub's Lease as a member shows it.
 *
 * @param holder as it is written, empty where nobody holds it
 * @param round the number of the holder's renewal, -1 where none can be read
 * @param renewed when, by the holder's clock: compared with nothing but itself
 * @param settling whether the holder took it from one that may be at work still
 * @param version the object's resourceVersion
 */
record LeaseSeen(String holder, long round, String renewed, boolean settling, String version) {

  /** Annotation: the number of the holder's renewal. */
  static final String ROUND = "velero.m.kurator.dev/round";

  /** Annotation: the holder took it from one that may be at work still, and waits. */
  static final String SETTLING = "velero.m.kurator.dev/settling";

  private static final int LONGEST_HOLDER = 100;

  /** Reads it off the object. */
  static LeaseSeen of(Lease lease) {
    Map<String, String> annotations =
        Objects.requireNonNullElse(lease.getMetadata().getAnnotations(), Map.of());
    String holder = lease.getSpec() == null ? null : lease.getSpec().getHolderIdentity();
    Object renewed = lease.getSpec() == null ? null : lease.getSpec().getRenewTime();
    return new LeaseSeen(
        cut(holder),
        round(annotations.get(ROUND)),
        String.valueOf(renewed),
        annotations.containsKey(SETTLING),
        String.valueOf(lease.getMetadata().getResourceVersion()));
  }

  /** Somebody on the member wrote it, who may write anything. */
  private static String cut(@Nullable String holder) {
    String plain = PlainText.of(holder == null ? "" : holder);
    return plain.length() > LONGEST_HOLDER ? plain.substring(0, LONGEST_HOLDER) : plain;
  }

  private static long round(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }

  /** Whether it was not renewed between the two, whatever else was written to the object. */
  boolean sameRenewal(LeaseSeen other) {
    return holder.equals(other.holder) && round == other.round && renewed.equals(other.renewed);
  }
}
