/**
 * Turns XML files into rows: finds one element after the other without reading the whole file, and
 * makes columns of what is in it. Knows nothing of files; resolves nothing outside of them.
 */
@NullMarked
package io.sluice.source.xml;

import org.jspecify.annotations.NullMarked;
