package dev.kurator.backup.function.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObstacleTest {

  @Test
  void clustersThatAreRegisteredTwiceAreNamedInTheOrderOfTheirIdentities() {
    Map<String, String> identities = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      identities.put("member-%03d".formatted(i), "identity-%03d".formatted(i));
    }
    identities.put("oslo", "identity-020");
    identities.put("berlin", "identity-010");
    identities.put("amsterdam", "identity-010");

    assertThat(Obstacle.sameClusters(identities))
        .extracting(Obstacle::message)
        .containsExactly(
            "amsterdam and berlin and member-010 are one and the same cluster; keep one of their"
                + " provider configs",
            "member-020 and oslo are one and the same cluster; keep one of their provider configs");
  }
}
