/**
 * Turns rows into committed Delta versions, and versions into the rows a task may see. Knows the
 * shape of a table and how it is written; not who asked, what was tried before, or what the ledger
 * says. Delta's own API is enough for all of it ({@code PublicDelta}); the classes named Internal
 * do the same faster, and nothing else knows the internals of Delta.
 */
@NullMarked
package io.sluice.table;

import org.jspecify.annotations.NullMarked;
