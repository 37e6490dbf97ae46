/** Keeps every source file in one format. */
@NullMarked
package dev.kurator.backup.test.format;

import org.jspecify.annotations.NullMarked;
