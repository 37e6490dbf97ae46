package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.Absent;
import java.util.List;

/**
 * What is to be done about a claim.
 *
 * @param decisions one for each operation, sorted
 * @param idle members whose VeleroInstall is left out, because the claim has left them
 * @param obstacles all that keeps the claim, or a part of it, from being carried out
 * @param listing whether Crossplane still has to list members: nothing is final then
 * @param ended whether the claim has ended without ever having had an operation
 */
public record Plan(
    List<Decision> decisions,
    List<String> idle,
    List<Obstacle> obstacles,
    boolean listing,
    boolean ended) {

  /** Copies the lists. */
  public Plan {
    decisions = Absent.orEmpty(decisions);
    idle = Absent.orEmpty(idle);
    obstacles = Absent.orEmpty(obstacles);
  }
}
