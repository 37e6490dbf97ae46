package dev.kurator.backup.test.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks a class of the cluster tier: skipped where there is no Docker, unless it is required. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({ClusterTier.class, DiagnosticsOnFailure.class, Leavings.class})
public @interface ClusterTest {}
