/**
 * Turns a table or query of a relational database into rows, cut to intervals by a column. Knows
 * nothing of what becomes of the rows.
 */
@NullMarked
package io.sluice.source.jdbc;

import org.jspecify.annotations.NullMarked;
