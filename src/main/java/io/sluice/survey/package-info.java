/**
 * Turns the ledger, the tails of Delta logs and a look at the sources into the facts that a plan is
 * made from, and after a task into what it was made from. Starts no Spark, decides nothing.
 */
@NullMarked
package io.sluice.survey;

import org.jspecify.annotations.NullMarked;
