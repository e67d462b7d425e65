/**
 * Turns received columns into declared ones: renamed, typed, and with a reason where a value can't
 * be read. Knows nothing of where they were received from.
 */
@NullMarked
package io.sluice.source.columns;

import org.jspecify.annotations.NullMarked;
