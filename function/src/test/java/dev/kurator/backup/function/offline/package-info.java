@NullMarked
package dev.kurator.backup.function.offline;

import org.jspecify.annotations.NullMarked;
