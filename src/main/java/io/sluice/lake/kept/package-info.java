/**
 * Keeps what Spark's parser said of a project's SQL from one process to the next: asking it costs a
 * second, and a plan needs nothing else of Spark. Knows nothing of definitions.
 */
@NullMarked
package io.sluice.lake.kept;

import org.jspecify.annotations.NullMarked;
