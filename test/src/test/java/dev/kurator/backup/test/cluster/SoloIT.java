package dev.kurator.backup.test.cluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/** All that happens on {@link Solo}, one after the other, beside the classes on the shared bed. */
@Order(1)
@ExtendWith({ClusterTier.class, SoloDiagnostics.class})
class SoloIT {

  @AfterAll
  static void leaveTheMachineToTheOthers() {
    Solo.pause();
  }

  /** Faults of the provider's process. */
  @Nested
  class Killed extends KilledAtEachWrite {}

  /** The same, while there is no engine yet. */
  @Nested
  class Installing extends KilledWhileInstalling {}

  /** Faults of the way to the API server. */
  @Nested
  class Lost extends LostWrites {}

  /** What people do to managed resources. */
  @Nested
  class Hub extends ResourcesByHand {}

  /** What people and Velero do to Velero's objects. */
  @Nested
  class Velero extends ObjectsByHand {}

  /** What people do to a restore that runs. */
  @Nested
  class Restores extends RestoresByHand {}

  /** What people do to a repository of volumes. */
  @Nested
  class Repositories extends RepositoriesByHand {}

  /** Faults of the member. */
  @Nested
  class Restarted extends RestartedMember {}

  /** A second hub with the same id. */
  @Nested
  class TwoHubs extends HubsOfOneId {}

  /** Objects of others, which stay. */
  @Nested
  class Others extends OthersObjects {}

  /** Objects that nobody should be able to hurt others with. */
  @Nested
  class Poison extends PoisonByHand {}
}
