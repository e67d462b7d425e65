/** Turns lines whose values stand at fixed places into rows, one type of line a job. */
@NullMarked
package io.sluice.source.fixed;

import org.jspecify.annotations.NullMarked;
