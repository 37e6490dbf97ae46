/** The provider's program: its flags and what it wires together. */
@NullMarked
package dev.kurator.backup.provider;

import org.jspecify.annotations.NullMarked;
