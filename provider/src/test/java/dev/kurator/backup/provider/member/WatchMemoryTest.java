package dev.kurator.backup.provider.member;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the watches of several members may take together. */
class WatchMemoryTest {

  private static final long MIB = 1 << 20;

  private final WatchMemory memory = new WatchMemory(10 * MIB);
  private final WatchMemory.Part paris = memory.part();
  private final WatchMemory.Part rome = memory.part();
  private final WatchMemory.Part oslo = memory.part();

  @Test
  void severalMembersTogetherTakeNoMoreThanTheLimit() {
    assertThat(paris.take(WatchMemory.LEAST_OF_ONE + 6 * MIB)).isTrue();
    assertThat(rome.take(WatchMemory.LEAST_OF_ONE + 4 * MIB)).isTrue();

    assertThat(oslo.take(WatchMemory.LEAST_OF_ONE + 1)).isFalse();
    assertThat(rome.take(1)).isFalse();
  }

  @Test
  void eachMemberHasItsLeastWhateverOthersTake() {
    assertThat(paris.take(WatchMemory.LEAST_OF_ONE + 10 * MIB)).isTrue();

    assertThat(rome.take(WatchMemory.LEAST_OF_ONE)).isTrue();
    assertThat(oslo.take(WatchMemory.LEAST_OF_ONE)).isTrue();
    assertThat(oslo.take(1)).isFalse();
  }

  @Test
  void whatIsGivenBackOrEndedIsThereForOthers() {
    assertThat(paris.take(WatchMemory.LEAST_OF_ONE + 6 * MIB)).isTrue();
    assertThat(rome.take(WatchMemory.LEAST_OF_ONE + 4 * MIB)).isTrue();

    assertThat(paris.take(-2 * MIB)).isTrue();
    assertThat(oslo.take(WatchMemory.LEAST_OF_ONE + 2 * MIB)).isTrue();
    assertThat(oslo.take(1)).isFalse();
    rome.end();
    assertThat(oslo.take(4 * MIB)).isTrue();
    assertThat(oslo.take(1)).isFalse();
    assertThat(rome.take(1)).isFalse();
  }

  @Test
  void aRefusalTakesNothing() {
    assertThat(paris.take(WatchMemory.LEAST_OF_ONE + 11 * MIB)).isFalse();

    assertThat(rome.take(WatchMemory.LEAST_OF_ONE + 10 * MIB)).isTrue();
  }

  @Test
  void oneMemberTakesNoMoreThanItsOwnLimitWhereverThereIsMore() {
    WatchMemory.Part only = new WatchMemory(1000 * MIB).part();

    assertThat(only.take(WatchMemory.MOST_OF_ONE)).isTrue();
    assertThat(only.take(1)).isFalse();
  }
}
