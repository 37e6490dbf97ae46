/**
 * One reconciler per kind of managed resource: reads it, asks the rooms {@code member} and {@code
 * velero}, decides, and writes its status once. The only room that knows the operator framework.
 */
@NullMarked
package dev.kurator.backup.provider.reconcile;

import org.jspecify.annotations.NullMarked;
