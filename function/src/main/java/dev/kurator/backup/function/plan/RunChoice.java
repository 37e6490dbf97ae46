package dev.kurator.backup.function.plan;

import dev.kurator.backup.apis.claim.BackupDetail;
import dev.kurator.backup.apis.claim.BackupMoment;
import dev.kurator.backup.apis.claim.BackupRun;
import dev.kurator.backup.function.plan.Obstacle.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One Velero Backup that the user has named: it is of one member and one policy.
 *
 * @param backup the claim it must be of
 * @param run its name
 */
record RunChoice(SourceBackup.Found backup, String run) {

  /** What a provider appends: a number where a released one has the name; of a run, its time. */
  private static final Pattern ONCE = Pattern.compile("(-[0-9]+)?");

  private static final Pattern SCHEDULED = Pattern.compile("(-[0-9]+)?-[0-9]{14}");

  /** Whether it can be a backup of that policy that the member took. */
  boolean fits(String source, String policy) {
    if (backup.entry(source, policy).stream().anyMatch(entry -> names(entry).contains(run))) {
      return true;
    }
    String wanted = new Naming(backup.id()).onMember(new Operation(backup.kind(), source, policy));
    Pattern suffix =
        switch (backup.kind()) {
          case Backup, Restore -> ONCE;
          case Schedule -> SCHEDULED;
        };
    return run.startsWith(wanted) && suffix.matcher(run.substring(wanted.length())).matches();
  }

  Obstacle unknown() {
    Set<String> known = new TreeSet<>();
    backup.status().details().values().stream()
        .filter(BackupDetail.class::isInstance)
        .map(BackupDetail.class::cast)
        .map(RunChoice::names)
        .forEach(known::addAll);
    String told =
        known.isEmpty()
            ? "its status knows none yet"
            : "its status knows " + String.join(", ", Shortlist.of(new ArrayList<>(known)));
    return new Obstacle(
        Reason.UnknownRun,
        "spec.run: \""
            + run
            + "\" is no backup that Backup "
            + backup.id().name()
            + " took of these policies and clusters; "
            + told);
  }

  private static List<String> names(BackupDetail entry) {
    Stream<String> moments =
        Stream.of(entry.lastBackup(), entry.lastSuccessfulBackup())
            .filter(Objects::nonNull)
            .map(BackupMoment::name);
    return Stream.of(
            Stream.ofNullable(entry.backupName()),
            moments,
            entry.runs().stream().map(BackupRun::name))
        .flatMap(names -> names)
        .toList();
  }
}
