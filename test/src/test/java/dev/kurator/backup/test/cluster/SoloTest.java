package dev.kurator.backup.test.cluster;

import org.junit.jupiter.api.AfterEach;

/** Tests on {@link Solo}. */
abstract class SoloTest {

  final Solo solo = Solo.shared();

  @AfterEach
  void openTheGate() {
    solo.gate().keeper(Keeper.OPEN);
  }
}
