/** Decisions become managed resources; observed state becomes the claim's one status. */
@NullMarked
package dev.kurator.backup.function.render;

import org.jspecify.annotations.NullMarked;
