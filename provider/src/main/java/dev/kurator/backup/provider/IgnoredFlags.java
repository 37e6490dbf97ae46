package dev.kurator.backup.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Flags of 0.1 that mean nothing any more: accepted for one release, so that nothing breaks. */
final class IgnoredFlags {

  @Option(
      names = "--circuit-breaker-burst",
      defaultValue = "${env:CIRCUIT_BREAKER_BURST:-}",
      hidden = true)
  private String burst = "";

  @Option(
      names = "--circuit-breaker-refill-rate",
      defaultValue = "${env:CIRCUIT_BREAKER_REFILL_RATE:-}",
      hidden = true)
  private String refillRate = "";

  /** One line for the log that names those that were given; empty where none was. */
  Optional<String> warning() {
    List<String> given = new ArrayList<>();
    if (!burst.isEmpty()) {
      given.add("--circuit-breaker-burst");
    }
    if (!refillRate.isEmpty()) {
      given.add("--circuit-breaker-refill-rate");
    }
    boolean several = given.size() > 1;
    return given.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s %s ignored since 0.2: statuses are no longer paced; remove %s"
                .formatted(
                    String.join(" and ", given), several ? "are" : "is", several ? "them" : "it"));
  }
}
