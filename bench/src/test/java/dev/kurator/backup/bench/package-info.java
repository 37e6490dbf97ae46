@NullMarked
package dev.kurator.backup.bench;

import org.jspecify.annotations.NullMarked;
