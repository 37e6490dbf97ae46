@NullMarked
package dev.kurator.backup.provider.hub;

import org.jspecify.annotations.NullMarked;
