package dev.kurator.backup.test.cluster;

import java.util.Locale;

/** How long a bed lives ({@code -Dbed=fresh|kept|upgraded}). */
enum BedMode {
  /** For this run alone. */
  FRESH,
  /** Stays, and is found again by the next run; whatever is installed on it stays as it is. */
  KEPT,
  /** Like {@link #KEPT}, with the packages of this checkout in the place of those installed. */
  UPGRADED;

  /** What the command line asks for. */
  static BedMode wanted() {
    return valueOf(System.getProperty("bed", "fresh").toUpperCase(Locale.ROOT));
  }

  /** Whether the containers outlive the run. */
  boolean stays() {
    return this != FRESH;
  }
}
