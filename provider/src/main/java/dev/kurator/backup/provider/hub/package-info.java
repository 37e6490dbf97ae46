/**
 * How resources on the hub are read and written: one that this release cannot read costs itself
 * only, and nothing of it is lost by a write.
 */
@NullMarked
package dev.kurator.backup.provider.hub;

import org.jspecify.annotations.NullMarked;
