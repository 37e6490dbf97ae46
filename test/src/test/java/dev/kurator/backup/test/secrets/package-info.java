/**
 * What clusters showed while they were watched - objects, events, logs - and the search of it for
 * the content of Secrets.
 */
@NullMarked
package dev.kurator.backup.test.secrets;

import org.jspecify.annotations.NullMarked;
