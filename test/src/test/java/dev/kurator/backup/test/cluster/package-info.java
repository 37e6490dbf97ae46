/**
 * The test bed - a hub with Crossplane, two members, an S3 server and a registry, all in Docker -
 * and what is tried on it. The demo runs on the same bed.
 */
@NullMarked
package dev.kurator.backup.test.cluster;

import org.jspecify.annotations.NullMarked;
