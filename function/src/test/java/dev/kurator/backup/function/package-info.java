@NullMarked
package dev.kurator.backup.function;

import org.jspecify.annotations.NullMarked;
