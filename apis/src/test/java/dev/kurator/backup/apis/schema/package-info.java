/** Generates the CRDs and XRDs from the records, and fails when what is checked in differs. */
@NullMarked
package dev.kurator.backup.apis.schema;

import org.jspecify.annotations.NullMarked;
