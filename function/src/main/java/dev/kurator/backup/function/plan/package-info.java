/**
 * Claim, members and observed state become one decision for each member and policy. Pure: no I/O,
 * no clock, no chance.
 */
@NullMarked
package dev.kurator.backup.function.plan;

import org.jspecify.annotations.NullMarked;
