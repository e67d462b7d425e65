/**
 * Turns what a person types into calls, and what comes back into tables, JSON and an exit code; one
 * class a command. Commands see a project as {@link io.sluice.cli.Engine}; nothing here decides
 * what is made.
 */
@NullMarked
package io.sluice.cli;

import org.jspecify.annotations.NullMarked;
