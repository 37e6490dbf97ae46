package dev.kurator.backup.bench;

import dev.kurator.crossplane.fn.v1.FunctionRunnerServiceGrpc.FunctionRunnerServiceBlockingStub;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The program over gRPC with mTLS, in a process of its own for each figure: the first answer after
 * its start, then warm calls, one or eight at once, and its memory after them.
 */
public final class LoadRun {

  private static final int STARTS = 5;
  private static final int[] CALLERS = {1, 8};
  private static final int[] NONE = {};

  /** What is sent, and how often by all callers together; the second half is measured. */
  private record Load(String name, RunFunctionRequest request, int calls) {}

  private LoadRun() {}

  /**
   * Prints the figures; with {@code -Dload=300} those of the load alone whose name begins so.
   *
   * @param args function-0.1.0.jar, or several to compare, each followed by {@code @} and the file
   *     with the options of its JVM
   */
  public static void main(String[] args) throws Exception {
    List<Load> loads =
        List.of(
            new Load("10 members, 3 policies", Fleet.busy(10), 4000),
            new Load("100 members, 3 policies", Fleet.busy(100), 2000),
            new Load("300 members, 3 policies", Fleet.busy(300), 600),
            new Load("1241 members, 1 policy", Fleet.largest(), 320));
    for (Load load : loads) {
      System.out.printf(
          "%s: %d resources observed, request %d kB%n",
          load.name(),
          load.request().getObserved().getResourcesCount(),
          load.request().getSerializedSize() / 1000);
    }
    for (String program : args) {
      measure(program, loads);
    }
  }

  private static void measure(String program, List<Load> loads) throws Exception {
    String[] parts = program.split("@", 2);
    Path jar = Path.of(parts[0]);
    Path options = Path.of(parts[1]);
    System.out.printf("%n%s%n", program);
    System.out.printf(
        "first answer after the start: a new claim %.0f ms, 100 members %.0f ms%n",
        firstAnswer(jar, options, Fleet.fresh()), firstAnswer(jar, options, Fleet.busy(100)));
    System.out.println(
        "load | callers | calls/s | p50 ms | p99 ms | processor ms/call | MiB resident | at most");
    for (Load load : loads) {
      for (int callers : load.name().startsWith(System.getProperty("load", "")) ? CALLERS : NONE) {
        try (Served served = Served.start(jar, options)) {
          measure(load, callers, served);
        }
      }
    }
  }

  private static void measure(Load load, int callers, Served served) throws Exception {
    calls(load, callers, served);
    double processor = served.processorTime();
    long begin = System.nanoTime();
    double[] times = calls(load, callers, served);
    double seconds = (System.nanoTime() - begin) / 1e9;
    processor = served.processorTime() - processor;
    Arrays.sort(times);
    System.out.printf(
        "%s | %d | %.0f | %.1f | %.1f | %.1f | %.0f | %.0f%n",
        load.name(),
        callers,
        times.length / seconds,
        times[times.length / 2],
        times[times.length * 99 / 100],
        1000 * processor / times.length,
        served.resident(),
        served.peak());
  }

  /** Half of the load; how long each call took, in milliseconds. */
  private static double[] calls(Load load, int callers, Served served)
      throws InterruptedException, ExecutionException {
    int each = load.calls() / 2 / callers;
    double[] times = new double[each * callers];
    FunctionRunnerServiceBlockingStub stub = served.stub();
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        int first = caller * each;
        tasks.add(
            () -> {
              for (int i = first; i < first + each; i++) {
                long before = System.nanoTime();
                check(stub.runFunction(load.request()));
                times[i] = (System.nanoTime() - before) / 1e6;
              }
              return true;
            });
      }
      for (Future<Boolean> done : threads.invokeAll(tasks)) {
        done.get();
      }
    }
    return times;
  }

  /** Milliseconds, the middle one of several starts. */
  private static double firstAnswer(Path jar, Path options, RunFunctionRequest request)
      throws IOException {
    double[] times = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      try (Served served = Served.start(jar, options)) {
        check(served.stub().runFunction(request));
        times[i] = served.age();
      }
    }
    Arrays.sort(times);
    return times[STARTS / 2];
  }

  /** An answer that is quick because it is wrong would be no figure. */
  private static void check(RunFunctionResponse response) {
    if (response.getConditionsCount() == 0
        || response.getResultsList().stream().anyMatch(result -> result.getSeverityValue() == 1)) {
      throw new IllegalStateException("not the answer that was measured: " + response);
    }
  }
}
