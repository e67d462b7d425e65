/** What a ledger promises, kept by each database that it may lie in. */
@NullMarked
package io.sluice.ledger;

import org.jspecify.annotations.NullMarked;
