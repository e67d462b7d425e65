/**
 * Turns dates that people type into half-open intervals and sets of them, and maps the intervals of
 * one cadence to those of another. Knows no tables, no files and no clock of its own.
 */
@NullMarked
package io.sluice.time;

import org.jspecify.annotations.NullMarked;
