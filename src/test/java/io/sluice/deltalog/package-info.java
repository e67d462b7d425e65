/** Logs written by hand and by Delta itself, and what is read from them. */
@NullMarked
package io.sluice.deltalog;

import org.jspecify.annotations.NullMarked;
