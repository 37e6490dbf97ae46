@NullMarked
package dev.kurator.backup.function.render;

import org.jspecify.annotations.NullMarked;
