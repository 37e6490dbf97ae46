package dev.kurator.backup.provider.reconcile;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One lock per member, around everything that VeleroInstalls share there: so that who leaves last
 * and who comes anew see each other.
 */
final class MemberLocks {

  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  /** Does some work while nobody else works on the same member. */
  <T> T during(String identity, Supplier<T> work) {
    ReentrantLock lock = locks.computeIfAbsent(identity, key -> new ReentrantLock());
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
