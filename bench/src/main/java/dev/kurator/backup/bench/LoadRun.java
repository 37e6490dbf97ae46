package dev.kurator.backup.bench;

import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** The program over gRPC with mTLS: first answer, warm calls one after the other, memory. */
public final class LoadRun {

  private static final int CALLS = 1000;
  private static final int MEMBERS = 100;

  private LoadRun() {}

  /** Takes the path of function-0.1.0.jar and prints the figures. */
  public static void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    RunFunctionRequest busy = Fleet.busy(MEMBERS);
    System.out.printf(
        "%d members, %d resources observed, request %d kB%n",
        MEMBERS, busy.getObserved().getResourcesCount(), busy.getSerializedSize() / 1000);
    System.out.printf("first answer, a new claim:     %5.0f ms%n", firstAnswer(jar, Fleet.fresh()));
    System.out.printf("first answer, the whole fleet: %5.0f ms%n", firstAnswer(jar, busy));
    try (Served served = Served.start(jar)) {
      double[] times = new double[CALLS];
      for (int i = 0; i < CALLS; i++) {
        long before = System.nanoTime();
        check(served.stub().runFunction(busy));
        times[i] = (System.nanoTime() - before) / 1e6;
      }
      double resident = served.resident();
      Arrays.sort(times, CALLS / 2, CALLS);
      System.out.printf(
          "the last %d of %d calls: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms%n",
          CALLS / 2,
          CALLS,
          quantile(times, 0.5),
          quantile(times, 0.95),
          quantile(times, 0.99),
          times[CALLS - 1]);
      System.out.printf("resident after %d calls: %.0f MiB%n", CALLS, resident);
    }
  }

  private static double quantile(double[] times, double quantile) {
    return times[CALLS / 2 + (int) (CALLS / 2 * quantile)];
  }

  private static double firstAnswer(Path jar, RunFunctionRequest request) throws IOException {
    try (Served served = Served.start(jar)) {
      check(served.stub().runFunction(request));
      return served.age();
    }
  }

  /** An answer that is quick because it is wrong would be no figure. */
  private static void check(RunFunctionResponse response) {
    if (response.getConditionsCount() == 0
        || response.getResultsList().stream().anyMatch(result -> result.getSeverityValue() == 1)) {
      throw new IllegalStateException("not the answer that was measured: " + response);
    }
  }
}
