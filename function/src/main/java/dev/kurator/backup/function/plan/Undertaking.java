package dev.kurator.backup.function.plan;

/** What a claim that is carried out once asks for, from which {@link OncePlanner} makes a plan. */
interface Undertaking {

  /** What it would begin with, were it to begin now. */
  Resolution resolution();

  /** What becomes of an operation that is on the hub. */
  Decision goOn(Operation operation);

  /** Whether an operation that is not on the hub, and has not ended, can begin now. */
  Attempt attempt(Operation operation);

  /** What has come of looking whether an operation can begin. */
  sealed interface Attempt {

    /** Crossplane has not listed yet what it takes. */
    record Unlisted() implements Attempt {}

    /**
     * The claim itself does not say any more what it should be.
     *
     * @param why for the user
     */
    record Orphaned(String why) implements Attempt {}

    /** Something that can be mended is in the way. */
    record Blocked(Obstacle why) implements Attempt {}

    /**
     * It will never be possible.
     *
     * @param why for the user
     */
    record Hopeless(String why) implements Attempt {}

    /**
     * It is decided, and the claim's deadline does not count.
     *
     * @param decision what becomes of it
     */
    record Unhurried(Decision decision) implements Attempt {}

    /** It can, and this is how. */
    record Possible(Decision decision) implements Attempt {}
  }
}
