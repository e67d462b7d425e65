/** What SQL is understood to read and mean. */
@NullMarked
package io.sluice.sql;

import org.jspecify.annotations.NullMarked;
