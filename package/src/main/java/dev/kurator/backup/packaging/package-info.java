/**
 * Makes the three xpkgs of this release and pushes them: a runtime image (by Jib) with one more
 * layer that holds the Crossplane package.
 */
@NullMarked
package dev.kurator.backup.packaging;

import org.jspecify.annotations.NullMarked;
