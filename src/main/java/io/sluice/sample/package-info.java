/**
 * What the sample lake needs besides its definitions: a transform in Java and the shop's customer
 * database. Knows what a user's own Java knows, and nothing else of Sluice.
 */
@NullMarked
package io.sluice.sample;

import org.jspecify.annotations.NullMarked;
