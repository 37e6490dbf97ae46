/** How fast the function is, in one thread (JMH) and over gRPC with mTLS as Crossplane calls it. */
@NullMarked
package dev.kurator.backup.bench;

import org.jspecify.annotations.NullMarked;
