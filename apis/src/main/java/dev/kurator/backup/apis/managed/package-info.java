/**
 * The managed resources and the registration of members: group {@code
 * velero.m.kurator.dev/v1alpha1}. The CRDs in {@code package/provider/crds} are generated from
 * here.
 */
@NullMarked
package dev.kurator.backup.apis.managed;

import org.jspecify.annotations.NullMarked;
