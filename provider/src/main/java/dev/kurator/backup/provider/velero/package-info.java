/**
 * What Velero is told and what it answers: a pure mapping between our managed resources and the
 * objects on a member. Nothing here opens a connection.
 */
@NullMarked
package dev.kurator.backup.provider.velero;

import org.jspecify.annotations.NullMarked;
