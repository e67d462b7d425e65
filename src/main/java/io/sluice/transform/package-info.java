/**
 * Turns pinned inputs into a task's rows, by the job's SQL or by a user's Java. Knows nothing of
 * how tables are read, judged or written.
 */
@NullMarked
package io.sluice.transform;

import org.jspecify.annotations.NullMarked;
