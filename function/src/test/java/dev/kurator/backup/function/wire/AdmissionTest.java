package dev.kurator.backup.function.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdmissionTest {

  private static final int MEBIBYTE = 1024 * 1024;

  private final Admission admission = new Admission(10 * MEBIBYTE);

  @Test
  void oneThatIsLargerThanAllTheRoomIsAnsweredAlone() {
    assertThat(admission.admit(Integer.MAX_VALUE, () -> "answered")).isEqualTo("answered");
    assertThat(new Admission(0).admit(MEBIBYTE, () -> "answered")).isEqualTo("answered");
  }

  @Test
  void thoseThatFitInAreAnsweredAtOnceAndTheNextAfterThem() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2; i++) {
        callers.execute(
            () ->
                admission.admit(
                    4 * MEBIBYTE,
                    () -> {
                      begun.countDown();
                      return await(mayEnd);
                    }));
      }
      begun.await();

      FutureTask<Boolean> third =
          new FutureTask<>(() -> admission.admit(4 * MEBIBYTE, () -> mayEnd.getCount() == 0));
      Thread caller = Thread.ofPlatform().start(third);
      while (caller.getState() != Thread.State.WAITING && !third.isDone()) {
        Thread.onSpinWait();
      }
      mayEnd.countDown();

      assertThat(third.get(30, TimeUnit.SECONDS)).as("answered after the others").isTrue();
    }
  }

  @Test
  void oneThatFailsLeavesItsRoom() {
    for (int i = 0; i < 3; i++) {
      try {
        admission.admit(
            8 * MEBIBYTE,
            () -> {
              throw new IllegalStateException("broken");
            });
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("broken");
      }
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
