/**
 * Sluice keeps a Delta lake complete and correct; see the packages below, in the order data flows.
 */
@NullMarked
package io.sluice;

import org.jspecify.annotations.NullMarked;
