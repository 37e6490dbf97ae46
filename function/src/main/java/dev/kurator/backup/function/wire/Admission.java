package dev.kurator.backup.function.wire;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets as many calls be answered at once as fit into memory, by the size of their requests; one
 * alone always may. Matters for the largest claims in a small container: they are answered one
 * after the other there.
 */
final class Admission {

  /**
   * What an answer takes of the heap, request and garbage included, for each byte of its request.
   */
  private static final int HEAP_PER_BYTE = 12;

  private static final int KIBIBYTE = 1024;

  private final int all;
  private final Semaphore left;

  /** For this program's heap. */
  Admission() {
    this(Runtime.getRuntime().maxMemory() / HEAP_PER_BYTE);
  }

  /**
   * With a bound.
   *
   * @param bytes of all requests that are answered at once
   */
  Admission(long bytes) {
    all = Math.clamp(bytes / KIBIBYTE, 1, Integer.MAX_VALUE);
    // First come, first served: a large request is not overtaken for ever by small ones.
    left = new Semaphore(all, true);
  }

  /**
   * Waits until there is room, then answers.
   *
   * @param bytes size of the request
   */
  <T> T admit(int bytes, Supplier<T> answer) {
    int share = Math.clamp(bytes / KIBIBYTE + 1L, 1, all);
    left.acquireUninterruptibly(share);
    try {
      return answer.get();
    } finally {
      left.release(share);
    }
  }
}
