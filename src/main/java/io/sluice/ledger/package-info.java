/**
 * Keeps what was made from what, in a database: made intervals as ranges, the version up to which
 * each input's log was read, and rows for what deviates; runs, tasks and attempts; leases. Knows
 * nothing of Spark or of how a plan is made from its facts.
 */
@NullMarked
package io.sluice.ledger;

import org.jspecify.annotations.NullMarked;
