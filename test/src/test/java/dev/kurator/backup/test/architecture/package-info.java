/** The rules of the rooms, read from the compiled classes. */
@NullMarked
package dev.kurator.backup.test.architecture;

import org.jspecify.annotations.NullMarked;
