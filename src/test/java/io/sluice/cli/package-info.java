/** What a person types, and what they then read. */
@NullMarked
package io.sluice.cli;

import org.jspecify.annotations.NullMarked;
