/** Tests of what becomes of rows in Delta tables, against real ones. */
@NullMarked
package io.sluice.table;

import org.jspecify.annotations.NullMarked;
