/** Tests of the reconcilers: decisions as tables, care of members against a fake, whole loops. */
@NullMarked
package dev.kurator.backup.provider.reconcile;

import org.jspecify.annotations.NullMarked;
