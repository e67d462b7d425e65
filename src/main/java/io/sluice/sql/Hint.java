package io.sluice.sql;

/**
 * Advice to the writer of a job; nothing is wrong.
 *
 * @param line line of the file, from 1
 */
public record Hint(int line, String text) {}
