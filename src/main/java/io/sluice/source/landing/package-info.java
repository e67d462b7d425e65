/**
 * Turns a landing folder into looks and rows: which file belongs to which interval without Spark,
 * and what is in them with it. Knows no format; each is a package of its own.
 */
@NullMarked
package io.sluice.source.landing;

import org.jspecify.annotations.NullMarked;
