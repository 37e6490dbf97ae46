package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.Absent;
import java.util.List;
import java.util.SortedSet;

/**
 * What a claim that must begin everywhere or nowhere would begin with.
 *
 * @param operations one for each policy and member that it selects now
 * @param obstacles what is wrong with the claim as a whole; any of them holds all of it
 * @param listing whether something has not been listed yet
 * @param hopeless whether an obstacle is one that nobody can mend
 */
record Resolution(
    SortedSet<Operation> operations, List<Obstacle> obstacles, boolean listing, boolean hopeless) {

  Resolution {
    obstacles = Absent.orEmpty(obstacles);
  }
}
