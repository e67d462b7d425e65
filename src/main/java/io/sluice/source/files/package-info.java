/**
 * Turns the files of a landing folder into rows: which file belongs to which interval without
 * Spark, and what is in them with it. Knows nothing of what becomes of the rows.
 */
@NullMarked
package io.sluice.source.files;

import org.jspecify.annotations.NullMarked;
