/**
 * Takes the format strings of web servers apart: what stands in a line, and where. So what is wrong
 * with one is known before any log is read. Knows nothing of definitions, nor of reading.
 */
@NullMarked
package io.sluice.lake.logs;

import org.jspecify.annotations.NullMarked;
