package dev.kurator.backup.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MemberLocksTest {

  private final MemberLocks locks = new MemberLocks();

  @Test
  void whoComesToAMemberOnWhichSomebodyWorksWaitsAndOthersDoNot() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    AtomicBoolean done = new AtomicBoolean();
    AtomicBoolean sawItDone = new AtomicBoolean();
    Thread first =
        Thread.ofPlatform()
            .start(
                () ->
                    locks.during(
                        "paris",
                        () -> {
                          working.countDown();
                          await(end);
                          done.set(true);
                          return true;
                        }));
    working.await();
    Thread second =
        Thread.ofPlatform()
            .start(
                () ->
                    locks.during(
                        "paris",
                        () -> {
                          sawItDone.set(done.get());
                          return true;
                        }));
    ProviderLife.until(
        () ->
            second.getState() == Thread.State.WAITING
                || second.getState() == Thread.State.TERMINATED);

    assertThat(locks.<String>during("berlin", () -> "free")).isEqualTo("free");
    end.countDown();
    first.join();
    second.join();
    assertThat(sawItDone).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
