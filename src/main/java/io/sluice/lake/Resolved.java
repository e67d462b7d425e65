package io.sluice.lake;

/**
 * A job whose inputs are known.
 *
 * @param sound whether nothing is wrong with it or with what it takes from its inputs
 */
record Resolved(Job job, boolean sound) {}
