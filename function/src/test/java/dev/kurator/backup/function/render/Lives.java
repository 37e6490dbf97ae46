package dev.kurator.backup.function.render;

import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.Situation;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Many claims' lives, each drawn from a seed; the seed is in every failure, and {@code
 * -Drules.seed=N} runs that one alone.
 */
final class Lives {

  private static final int LIVES = 200;
  private static final int STEPS = 30;

  private Lives() {}

  /**
   * One call of the function within a life.
   *
   * @param when seed and step
   * @param hub before the answer is carried out
   */
  record Call(String when, SimulatedHub hub, Situation situation, Rendering rendering) {}

  /** Lives through claims' lives and looks at every call before it is carried out. */
  static void inEach(Asked asked, Consumer<Call> check) {
    seeds().forEach(seed -> live(seed, asked, check));
  }

  /** The same for claims of every kind. */
  static void inEach(Consumer<Call> check) {
    for (Asked asked : Asked.values()) {
      inEach(asked, check);
    }
  }

  private static LongStream seeds() {
    String seed = System.getProperty("rules.seed");
    return seed == null ? LongStream.range(0, LIVES) : LongStream.of(Long.parseLong(seed));
  }

  private static void live(long seed, Asked asked, Consumer<Call> check) {
    SimulatedHub hub = new SimulatedHub(seed, asked);
    for (int step = 0; step < STEPS; step++) {
      hub.happen();
      hub.happen();
      Situation situation = hub.situation();
      Rendering rendering = hub.render(situation);
      check.accept(new Call(asked + " " + seed + ", step " + step, hub, situation, rendering));
      hub.apply(rendering);
    }
  }
}
