/**
 * Turns the tail of a table's Delta log into facts: which commit touched which partitions, and the
 * receipts that came with them. Reads JSON commits only; knows neither Spark nor jobs.
 */
@NullMarked
package io.sluice.deltalog;

import org.jspecify.annotations.NullMarked;
