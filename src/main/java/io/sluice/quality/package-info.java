/**
 * Turns rules into SQL text, and what that SQL counted into verdicts on intervals. Pure: knows no
 * session, no files and no table.
 */
@NullMarked
package io.sluice.quality;

import org.jspecify.annotations.NullMarked;
