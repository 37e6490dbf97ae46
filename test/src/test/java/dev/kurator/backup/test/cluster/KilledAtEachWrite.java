package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The provider dies at each step of its work. */
abstract class KilledAtEachWrite extends SoloTest {

  @Test
  void aProviderThatIsKilledAtEachWriteRunsEverythingOnce() {
    Killer killer = Killer.ofOperations(solo.provider());
    solo.gate().keeper(killer);
    try (Trio trio = Trio.apply(solo, Solo.unused("killed"))) {
      trio.awaitReady();
      solo.gate().keeper(Keeper.OPEN);

      trio.assertOnce();
    }
    System.out.println("killed " + killer.kills().size() + " times: " + killer.kills());
    assertThat(killer.kills()).hasSizeGreaterThan(12);
  }
}
