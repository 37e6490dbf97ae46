/**
 * The value syntaxes of claims, read alike by both programs: Go durations, cron expressions,
 * namespace globs, and the patterns that the schemas check them with.
 */
@NullMarked
package dev.kurator.backup.apis.syntax;

import org.jspecify.annotations.NullMarked;
