/** Tests of members against servers that answer, refuse, and freeze. */
@NullMarked
package dev.kurator.backup.provider.member;

import org.jspecify.annotations.NullMarked;
