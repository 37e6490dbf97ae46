/** A decoded claim becomes a valid intent, or the list of everything that is wrong with it. */
@NullMarked
package dev.kurator.backup.function.claim;

import org.jspecify.annotations.NullMarked;
