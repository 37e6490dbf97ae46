package dev.kurator.backup.provider.member;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps what a listener is told, for tests to wait on. */
final class Recorder implements MemberListener {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final BlockingQueue<Link> links = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();

  @Override
  public void linkChanged(ProviderConfigKey member, Link link) {
    links.add(link);
  }

  @Override
  public void changed(ProviderConfigKey member, String kind, String namespace, String name) {
    changes.add(kind + " " + namespace + "/" + name);
  }

  /** Waits for a link that is reachable; a busy machine may miss its first looks. */
  Link.Reachable reachable() throws InterruptedException {
    while (true) {
      if (link() instanceof Link.Reachable reachable) {
        return reachable;
      }
    }
  }

  /** Waits for a link that is not reachable, and gives its reason. */
  String unreachable() throws InterruptedException {
    while (true) {
      if (link() instanceof Link.Unreachable unreachable) {
        return unreachable.reason();
      }
    }
  }

  private Link link() throws InterruptedException {
    @Nullable Link link = links.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (link == null) {
      throw new AssertionError("no link within " + PATIENCE);
    }
    return link;
  }

  /** Waits until a change is told of, as {@code Kind namespace/name}. */
  void changed(String change) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (String next = ""; !change.equals(next); ) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not told of " + change + " within " + PATIENCE);
      }
      next = changes.poll(1, TimeUnit.SECONDS);
    }
  }

  boolean nothingTold() {
    return links.isEmpty();
  }

  /** Waits until the condition holds; looks again after every change that is told of. */
  void until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + PATIENCE + "; told of " + changes);
      }
      changes.poll(50, TimeUnit.MILLISECONDS);
    }
  }
}
