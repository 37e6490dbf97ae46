@NullMarked
package dev.kurator.backup.function.wire;

import org.jspecify.annotations.NullMarked;
