package dev.kurator.backup.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kurator.backup.function.wire.Runner;
import dev.kurator.crossplane.fn.v1.RunFunctionRequest;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class FleetTest {

  @Test
  void whatIsMeasuredIsAWholeFleetAtWork() {
    RunFunctionRequest busy = Fleet.busy(30);

    assertThat(busy.getObserved().getResourcesMap()).hasSize(120);
    assertThat(
            new Runner(InstantSource.fixed(Instant.parse("2026-11-22T12:10:00Z")))
                .run(busy)
                .getDesired()
                .getResourcesMap())
        .hasSizeGreaterThan(60);
  }
}
