/** Every folder of {@code examples/} as a test: its plan is the one beside it. */
@NullMarked
package dev.kurator.backup.test.examples;

import org.jspecify.annotations.NullMarked;
