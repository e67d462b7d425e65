package io.sluice.ledger;

/**
 * How many intervals of a job a task may have, since more were too much at once.
 *
 * @param definition fingerprint of the definition that was made
 * @param batch that was allowed; with another one, or another definition, this says nothing
 */
public record Fit(String definition, int batch, int intervals) {}
