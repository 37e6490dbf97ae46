package dev.kurator.backup.test.cluster;

/** Decides at a {@link Gate} what becomes of each write; called by many threads. */
interface Keeper {

  /** What becomes of a write. */
  enum Fate {
    /** It goes through. */
    PASSES,
    /** The connection breaks before the API server gets it. */
    NEVER_ARRIVES,
    /** The gate answers 503 in the API server's place. */
    REFUSED,
    /** The API server does it, and the connection breaks before its answer. */
    ANSWER_IS_LOST
  }

  /** Lets everything through. */
  Keeper OPEN = write -> Fate.PASSES;

  /** A write has come to the gate. */
  Fate fate(Write write);

  /** The API server has done a write whose answer is going to be lost. */
  default void done(Write write) {}
}
