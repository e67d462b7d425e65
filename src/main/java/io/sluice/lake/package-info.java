/**
 * Turns a project's files into one {@link io.sluice.lake.Lake} of checked records. Knows the words
 * of a definition and nothing of how tables are planned, read or written.
 */
@NullMarked
package io.sluice.lake;

import org.jspecify.annotations.NullMarked;
