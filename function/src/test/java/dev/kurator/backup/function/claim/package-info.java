@NullMarked
package dev.kurator.backup.function.claim;

import org.jspecify.annotations.NullMarked;
