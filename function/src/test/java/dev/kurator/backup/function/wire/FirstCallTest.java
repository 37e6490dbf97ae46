package dev.kurator.backup.function.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.crossplane.fn.v1.RunFunctionResponse;
import org.junit.jupiter.api.Test;

class FirstCallTest {

  /** One that is refused half way would leave the rest of the classes to the first real call. */
  @Test
  void isAnsweredToTheEnd() {
    RunFunctionResponse response = FirstCall.make();

    assertThat(response.getDesired().getResourcesMap())
        .containsOnlyKeys("install@ProviderConfig", "backup:default@ProviderConfig");
  }
}
