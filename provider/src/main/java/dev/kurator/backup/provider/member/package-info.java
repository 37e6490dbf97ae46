/**
 * Members: from credentials to a client, reachable or not as a value. The only room that opens
 * connections to members.
 */
@NullMarked
package dev.kurator.backup.provider.member;

import org.jspecify.annotations.NullMarked;
