/**
 * Turns what went wrong back into what was right: works out from logs and ledger what must be done,
 * says it first, and does it under the leases of the jobs. Knows Spark only through {@code task}.
 */
@NullMarked
package io.sluice.repair;

import org.jspecify.annotations.NullMarked;
