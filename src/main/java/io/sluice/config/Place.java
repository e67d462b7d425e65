package io.sluice.config;

/**
 * Where something is written.
 *
 * @param file as a person knows it: relative to the project
 * @param line from 1
 */
public record Place(String file, int line) {}
