/** What holds for all packages together. */
@NullMarked
package io.sluice;

import org.jspecify.annotations.NullMarked;
