/** The {@code render} command: a claim's plan without a cluster, by the same code that serves. */
@NullMarked
package dev.kurator.backup.function.offline;

import org.jspecify.annotations.NullMarked;
