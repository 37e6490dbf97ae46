/** Tests of the mapping to and from Velero's objects. */
@NullMarked
package dev.kurator.backup.provider.velero;

import org.jspecify.annotations.NullMarked;
