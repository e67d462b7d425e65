/**
 * Puts a version into a Delta log so that of two writers, in whatever processes, one gets it and
 * the other is told. Found by Delta by their names in Spark's settings, which {@link
 * io.sluice.table.commit.SafeCommits} chooses; knows files and objects, and nothing of what is in
 * them. Imports nothing of ours.
 */
@NullMarked
package io.sluice.table.commit;

import org.jspecify.annotations.NullMarked;
