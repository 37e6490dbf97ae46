package dev.kurator.backup.function.plan;

import dev.kurator.backup.function.claim.Selection;

/**
 * Whose backup one member gets by one policy.
 *
 * @param operation the restore
 * @param source the member that took the backup
 * @param selection the destination that selects the restoring member
 * @param whose the destination is, as in "policy db"
 */
record RestorePair(Operation operation, String source, Selection selection, String whose) {}
