/** What the packaging tool writes, checked without a cluster: files, archives, a registry stub. */
@NullMarked
package dev.kurator.backup.packaging;

import org.jspecify.annotations.NullMarked;
