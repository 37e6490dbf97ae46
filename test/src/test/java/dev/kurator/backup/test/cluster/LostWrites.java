package dev.kurator.backup.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The provider lives on, and its writes get lost: statuses, names, objects and markers. */
abstract class LostWrites extends SoloTest {

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PASSES")
  void aProviderThatLosesEveryOtherWriteRunsEverythingOnce(Keeper.Fate fate) {
    Loser loser = new Loser(fate);
    solo.gate().keeper(loser);
    try (Trio trio = Trio.apply(solo, Solo.unused(name(fate)))) {
      trio.awaitReady();
      solo.gate().keeper(Keeper.OPEN);

      trio.assertOnce();
    }
    System.out.println(fate + " " + loser.lost().size() + " times: " + loser.lost());
    assertThat(loser.lost()).filteredOn(Write::ofStatus).hasSizeGreaterThan(3);
  }

  /** Crossplane's circuit breaker counts them: begun, ended, and why where Velero warns. */
  @Test
  void whereNothingIsLostAnOperationCostsThreeStatusWritesAtMost() {
    List<Write> writes = recorded();
    String name = Solo.unused("few");
    try (Trio trio = Trio.apply(solo, name)) {
      trio.awaitReady();
    }
    for (String resource : List.of("velerobackups", "velerorestores", "veleroschedules")) {
      assertThat(writes)
          .filteredOn(new Write("PUT", Solo.SOLO, resource, name + "/status")::equals)
          .as("status writes of %s", resource)
          .hasSizeBetween(1, 3);
    }
  }

  /** It looks at everything anew, and finds it told. */
  @Test
  void aProviderThatIsRestartedWritesNoStatusAgain() {
    String before = Solo.unused("before");
    try (Trio trio = Trio.apply(solo, before)) {
      trio.awaitReady();
    }
    solo.provider().rest();
    List<Write> writes = recorded();
    String after = Solo.unused("after");
    try (Trio trio = Trio.apply(solo, after)) {
      trio.awaitReady();
    }
    assertThat(writes)
        .filteredOn(write -> write.ofStatus() && write.resource().startsWith("velero"))
        .isNotEmpty()
        .allMatch(write -> write.isAbout(after));
  }

  private List<Write> recorded() {
    List<Write> writes = new CopyOnWriteArrayList<>();
    solo.gate()
        .keeper(
            write -> {
              writes.add(write);
              return Keeper.Fate.PASSES;
            });
    return writes;
  }

  private static String name(Keeper.Fate fate) {
    return fate.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
