/** The composition function's program: flags, and which rooms it opens. */
@NullMarked
package dev.kurator.backup.function;

import org.jspecify.annotations.NullMarked;
