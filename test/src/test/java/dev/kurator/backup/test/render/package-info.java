/** The function's golden cases, run by Crossplane's own reconciler. */
@NullMarked
package dev.kurator.backup.test.render;

import org.jspecify.annotations.NullMarked;
