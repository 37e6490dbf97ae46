package dev.kurator.backup.function.wire;

import dev.kurator.backup.function.plan.Obstacle;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import dev.kurator.backup.function.render.Brevity;
import java.util.Locale;
import java.util.Optional;

/**
 * What a claim takes of the room that there is for it, in bytes, once all of it has run.
 *
 * @param what it fills
 * @param fixed without any member
 * @param members all of them together, without what the texts of their entries take
 */
record Load(Room what, long fixed, long members) {

  /** What is limited. */
  enum Room {
    /** A response of the function: the limit of Go's gRPC, which Crossplane leaves as it is. */
    Response(4L * 1024 * 1024, "Crossplane takes from a function"),
    /** The claim: what etcd takes by default. */
    Claim(3L * 1024 * 1024 / 2, "Kubernetes stores of an object");

    private final long limit;
    private final String whose;

    Room(long limit, String whose) {
      this.limit = limit;
      this.whose = whose;
    }
  }

  /** For conditions, events, and bookkeeping of the API server and of Crossplane. */
  private static final int RESERVE = 128 * 1024;

  private static final double MEBIBYTE = 1024 * 1024;

  /**
   * That it is too much, if it is.
   *
   * @param count how many members there are, at least one
   * @param entries how many entries they have
   */
  Optional<Obstacle> excess(int count, int entries) {
    long without = fixed + Brevity.TOTAL + RESERVE;
    if (without + members <= what.limit) {
      return Optional.empty();
    }
    long most = (what.limit - without) * count / members;
    String advice =
        most <= 0
            ? "the claim itself, or what other functions of its pipeline add to it, leaves no room"
            : "about "
                + most
                + " such members fit: divide them among several claims with a clusterSelector each,"
                + " or use fewer or shorter policies";
    return Optional.of(
        new Obstacle(
            Reason.TooManyMembers,
            String.format(
                Locale.ROOT,
                "%d members with %d operations are too many for one claim, which would come to"
                    + " %.1f MiB of the %.1f that %s; %s",
                count,
                entries,
                (without + members) / MEBIBYTE,
                what.limit / MEBIBYTE,
                what.whose,
                advice)));
  }
}
