/**
 * The gRPC server, protobuf to records and back, and the only clock. Every answer begins with what
 * the request brought: tag, desired state, context.
 */
@NullMarked
package dev.kurator.backup.function.wire;

import org.jspecify.annotations.NullMarked;
