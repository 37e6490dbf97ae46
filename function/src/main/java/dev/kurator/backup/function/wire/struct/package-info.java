/**
 * The bytes of a protobuf Struct, read and written in place: a fleet's request holds tens of
 * thousands of values of which the function needs a few thousand, and all of them again as objects
 * would cost more than the answer.
 */
@NullMarked
package dev.kurator.backup.function.wire.struct;

import org.jspecify.annotations.NullMarked;
