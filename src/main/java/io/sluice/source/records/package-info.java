/**
 * Turns the bytes of landing files into rows by a format's own code: one pass, a slice of a file at
 * a time, each record with its place. Knows no format, and nothing of what becomes of the rows.
 */
@NullMarked
package io.sluice.source.records;

import org.jspecify.annotations.NullMarked;
