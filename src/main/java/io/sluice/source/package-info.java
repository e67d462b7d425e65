/**
 * Turns the definition of a feed into an {@link io.sluice.api.Source}, one sub-package a kind.
 * Knows nothing of plans, tables and ledgers.
 */
@NullMarked
package io.sluice.source;

import org.jspecify.annotations.NullMarked;
