package dev.kurator.backup.function.render;

import dev.kurator.backup.function.plan.Obstacle;
import dev.kurator.backup.function.plan.Plan;
import dev.kurator.backup.function.plan.Site;
import dev.kurator.backup.function.render.ClaimCondition.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The claim's conditions. */
final class Conditions {

  /** What Kubernetes allows the message of a condition. */
  private static final int LONGEST = 32_768;

  /** Of a VeleroInstall that has nothing to say yet. */
  private static final String PREPARED = "Velero is being prepared";

  private Conditions() {}

  static List<ClaimCondition> of(
      Plan plan, Outcome outcome, SortedMap<String, Composed> resources, Observed observed) {
    List<ClaimCondition> conditions = new ArrayList<>();
    conditions.add(accepted(plan));
    conditions.add(installed(resources, observed));
    conditions.addAll(outcome.conditions());
    return conditions;
  }

  private static ClaimCondition accepted(Plan plan) {
    if (!plan.obstacles().isEmpty()) {
      return new ClaimCondition(
          ClaimCondition.ACCEPTED,
          Status.False,
          plan.obstacles().getFirst().reason().name(),
          cut(Obstacle.joined(plan.obstacles())));
    }
    return plan.listing()
        ? new ClaimCondition(
            ClaimCondition.ACCEPTED, Status.Unknown, "ListingMembers", "members are being listed")
        : new ClaimCondition(ClaimCondition.ACCEPTED, Status.True, "Accepted", "");
  }

  private static ClaimCondition installed(
      SortedMap<String, Composed> resources, Observed observed) {
    Gathered waiting = new Gathered();
    List<String> silent = new ArrayList<>();
    int installs = 0;
    for (String key : resources.keySet()) {
      Optional<Site> site = Keys.site(key);
      if (site.isPresent()) {
        installs++;
        if (!Objects.requireNonNull(resources.get(key)).ready()) {
          trouble(observed.installs().get(site.get()))
              .ifPresentOrElse(
                  text -> waiting.add(where(site.get()), text),
                  () -> silent.add(where(site.get())));
        }
      }
    }
    if (installs == 0) {
      return new ClaimCondition(
          ClaimCondition.INSTALLED, Status.Unknown, "NothingRendered", "no member is in use");
    }
    if (silent.size() <= Gathered.MOST_NAMES) {
      silent.forEach(where -> waiting.add(where, PREPARED));
    }
    List<String> told = new ArrayList<>(waiting.lines());
    if (silent.size() > Gathered.MOST_NAMES) {
      // Not whose it is: what changes with every member costs the claim an update each time.
      told.add(PREPARED);
    }
    return told.isEmpty()
        ? new ClaimCondition(ClaimCondition.INSTALLED, Status.True, "Installed", "")
        : new ClaimCondition(
            ClaimCondition.INSTALLED, Status.False, "NotReady", cut(String.join("; ", told)));
  }

  private static String where(Site site) {
    return site.isOwn() ? site.member() : site.member() + " (backups of " + site.source() + ")";
  }

  private static Optional<String> trouble(@Nullable ObservedInstall install) {
    return Optional.ofNullable(install)
        .flatMap(there -> new Health(there.status().conditions()).trouble());
  }

  /** The text, shortened to what a condition takes. */
  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }
}
