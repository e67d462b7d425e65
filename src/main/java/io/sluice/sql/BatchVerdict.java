package io.sluice.sql;

/**
 * Whether many intervals may be made by one task of this SQL.
 *
 * @param reason what forbids it, or why it is allowed, in words for the user
 * @param line line of the file at which the operator stands that forbids it; the first line of the
 *     SQL where there is none
 */
public record BatchVerdict(boolean batches, String reason, int line) {}
