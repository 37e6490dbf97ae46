/**
 * The claims as users write them: group {@code backup.kurator.dev/v1alpha1}. These records are the
 * one place the schema lives; the XRDs in {@code package/configuration} are generated from them.
 */
@NullMarked
package dev.kurator.backup.apis.claim;

import org.jspecify.annotations.NullMarked;
