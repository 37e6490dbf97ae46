package dev.kurator.backup.function.claim;

import dev.kurator.backup.apis.claim.Absent;
import java.util.List;

/** What reading a claim came to. */
public sealed interface Verdict {

  /**
   * The claim can be carried out as written.
   *
   * @param intent what the user wants
   */
  record Valid(Intent intent) implements Verdict {}

  /**
   * The claim must be mended first.
   *
   * @param problems everything that is wrong, at least one
   */
  record Invalid(List<Problem> problems) implements Verdict {

    /** Copies the list. */
    public Invalid {
      problems = Absent.orEmpty(problems);
    }
  }
}
