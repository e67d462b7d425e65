/**
 * What a user's own Java compiles against: {@link io.sluice.api.Transform} for a table that SQL
 * can't make, {@link io.sluice.api.Source} for a feed that Sluice does not know. Knows time and
 * Spark, and nothing of jobs, plans or ledgers.
 */
@NullMarked
package io.sluice.api;

import org.jspecify.annotations.NullMarked;
