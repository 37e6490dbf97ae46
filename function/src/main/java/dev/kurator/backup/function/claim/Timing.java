package dev.kurator.backup.function.claim;

/** When a Backup is taken. */
public sealed interface Timing {

  /**
   * Once, as soon as a member is ready.
   *
   * @param startDeadline Go duration, the claim's or 1h
   */
  record Once(String startDeadline) implements Timing {

    /** Start deadline of a claim that names none, as a Go duration. */
    public static final String DEFAULT_START_DEADLINE = "1h";
  }

  /**
   * Again and again.
   *
   * @param cron when, as the user wrote it
   * @param paused whether runs are held
   */
  record Scheduled(String cron, boolean paused) implements Timing {}
}
