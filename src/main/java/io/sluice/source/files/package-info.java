/**
 * Turns files in the formats that Spark reads (CSV, JSON, Parquet, text) into rows. Knows nothing
 * of where they lie, and of what becomes of the rows.
 */
@NullMarked
package io.sluice.source.files;

import org.jspecify.annotations.NullMarked;
