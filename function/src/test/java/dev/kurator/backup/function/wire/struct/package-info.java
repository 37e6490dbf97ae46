@NullMarked
package dev.kurator.backup.function.wire.struct;

import org.jspecify.annotations.NullMarked;
