@NullMarked
package dev.kurator.backup.function.plan;

import org.jspecify.annotations.NullMarked;
