package io.sluice.table;

import io.sluice.lake.Job;
import io.sluice.time.IntervalSet;
import io.sluice.time.LakeTime;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a table is to hold again of its own past.
 *
 * @param fence that of the lease under which it is done
 * @param path URI of the table
 * @param base newest version when it was looked at; a commit after it is in the way
 * @param whole version that all of it goes back to, -1 for the time before there was a table; empty
 *     where only intervals do, which lie in partitions of their own
 * @param mustRewrite whether old files can't be trusted to stay: they left the table so long ago
 *     that a VACUUM may be removing them
 * @param parts by version, the intervals that go back to it; -1 for those that are to have no rows
 */
public record TableRestore(
    Job job,
    Fence fence,
    String path,
    long base,
    OptionalLong whole,
    boolean mustRewrite,
    SortedMap<Long, IntervalSet> parts,
    LakeTime time) {

  public TableRestore {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
  }
}
