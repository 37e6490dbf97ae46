package dev.kurator.backup.provider.member;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What all members share: one timer, as many virtual threads as there is work, the connector. */
final class Workshop implements AutoCloseable {

  private final Timing timing;
  private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("members").factory());
  private final Connector connector;
  private final WatchMemory watchMemory = new WatchMemory();

  Workshop(Timing timing, Consumer<String> requests) {
    this.timing = timing;
    timer.setRemoveOnCancelPolicy(true);
    connector = new Connector(timing, work, requests);
  }

  Timing timing() {
    return timing;
  }

  ExecutorService work() {
    return work;
  }

  WatchMemory watchMemory() {
    return watchMemory;
  }

  Connector connector() {
    return connector;
  }

  /** Runs the task on a thread of its own after the wait; not at all once closed. */
  Future<?> after(Duration wait, Runnable task) {
    try {
      return timer.schedule(() -> run(task), wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** Runs the task on a thread of its own, now; not at all once closed. */
  void run(Runnable task) {
    try {
      work.execute(task);
    } catch (RejectedExecutionException e) {
      // closed: nobody waits for it any more
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    work.shutdown();
    try {
      // the sessions' goodbyes
      if (!work.awaitTermination(2, TimeUnit.SECONDS)) {
        work.shutdownNow();
      }
    } catch (InterruptedException e) {
      work.shutdownNow();
      Thread.currentThread().interrupt();
    }
    connector.close();
  }
}
