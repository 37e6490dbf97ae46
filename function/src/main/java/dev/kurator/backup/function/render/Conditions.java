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
    List<String> waiting = new ArrayList<>();
    int installs = 0;
    for (String key : resources.keySet()) {
      Optional<Site> site = Keys.site(key);
      if (site.isPresent()) {
        installs++;
        if (!Objects.requireNonNull(resources.get(key)).ready()) {
          waiting.add(where(site.get()) + ": " + trouble(observed.installs().get(site.get())));
        }
      }
    }
    if (installs == 0) {
      return new ClaimCondition(
          ClaimCondition.INSTALLED, Status.Unknown, "NothingRendered", "no member is in use");
    }
    return waiting.isEmpty()
        ? new ClaimCondition(ClaimCondition.INSTALLED, Status.True, "Installed", "")
        : new ClaimCondition(
            ClaimCondition.INSTALLED, Status.False, "NotReady", String.join("; ", waiting));
  }

  private static String where(Site site) {
    return site.isOwn() ? site.member() : site.member() + " (backups of " + site.source() + ")";
  }

  private static String trouble(@Nullable ObservedInstall install) {
    return install == null
        ? "Velero is being prepared"
        : new Health(install.status().conditions()).trouble().orElse("Velero is being prepared");
  }

  /** The text, shortened to what a condition takes. */
  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }
}
