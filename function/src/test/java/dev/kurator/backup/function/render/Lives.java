package dev.kurator.backup.function.render;

import dev.kurator.backup.function.plan.Asked;
import dev.kurator.backup.function.plan.Situation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Many claims' lives, each drawn from a seed; the seed is in every failure. {@code -Drules.seed=N}
 * runs that one alone, {@code -Drules.lives=N} so many of each kind.
 */
final class Lives {

  private static final int LIVES = Integer.getInteger("rules.lives", 150);
  private static final int STEPS = 30;

  private Lives() {}

  /**
   * One call of the function within a life.
   *
   * @param when seed and step
   * @param step how many calls there were before it
   * @param hub before the answer is carried out
   */
  record Call(String when, int step, SimulatedHub hub, Situation situation, Rendering rendering) {}

  /**
   * The {@link Rule}s of a test class, each a test; the lives are lived once for all of them.
   *
   * @param test whose rules
   * @param kinds the claims that they hold for
   */
  static Stream<DynamicTest> rules(Object test, Asked... kinds) {
    List<Method> rules =
        Arrays.stream(test.getClass().getDeclaredMethods())
            .filter(one -> one.isAnnotationPresent(Rule.class))
            .sorted(Comparator.comparing(Method::getName))
            .toList();
    Map<Method, Throwable> broken = new HashMap<>();
    for (Asked asked : kinds) {
      inEach(asked, call -> rules.forEach(rule -> check(test, rule, call, broken)));
    }
    return rules.stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getName(),
                    () -> {
                      Throwable failure = broken.get(rule);
                      if (failure != null) {
                        throw failure;
                      }
                    }));
  }

  private static void check(Object test, Method rule, Call call, Map<Method, Throwable> broken) {
    if (broken.containsKey(rule)) {
      return;
    }
    try {
      rule.invoke(test, call);
    } catch (InvocationTargetException e) {
      broken.put(rule, new AssertionError(call.when(), e.getCause()));
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /** Lives through claims' lives and looks at every call before it is carried out. */
  static void inEach(Asked asked, Consumer<Call> check) {
    seeds().forEach(seed -> live(seed, asked, check));
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
      check.accept(
          new Call(asked + " " + seed + ", step " + step, step, hub, situation, rendering));
      hub.apply(rendering);
    }
  }
}
