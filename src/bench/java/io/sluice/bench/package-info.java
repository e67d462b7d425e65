/** Whole processes side by side: Sluice, and the program that somebody would write by hand. */
@NullMarked
package io.sluice.bench;

import org.jspecify.annotations.NullMarked;
