package io.sluice.repair;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.FileChange;
import io.sluice.lake.Job;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import io.sluice.time.LakeTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether the files are still there that an undo gives back to a table. Which these are is told by
 * the commits since: what they removed that was there before.
 *
 * @param names what lies in a folder under the table's, by its path
 */
record UndoFiles(Job job, LakeTime time, Function<String, Set<String>> names) {

  /** The first of these files that is gone; empty where none is. */
  Optional<String> missing(List<FileChange> needed) {
    Map<String, Set<String>> listed = new HashMap<>();
    for (FileChange change : needed) {
      String path = change.path();
      int slash = path.lastIndexOf('/');
      String folder = slash < 0 ? "" : path.substring(0, slash);
      if (!listed.computeIfAbsent(folder, names).contains(path.substring(slash + 1))) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  /**
   * Of each file that is given back, how it last left the table.
   *
   * @param changes of files, after the oldest version that is gone back to
   */
  List<FileChange> needed(TableUndo undo, List<FileChange> changes) {
    return undo.parts().entrySet().stream()
        .flatMap(part -> needed(undo, part.getKey(), part.getValue(), changes).stream())
        .toList();
  }

  /** Files that were live at the version and are not now. */
  private List<FileChange> needed(
      TableUndo undo, long version, IntervalSet intervals, List<FileChange> changes) {
    Map<String, FileChange> first = new LinkedHashMap<>();
    Map<String, FileChange> last = new HashMap<>();
    for (FileChange change : changes) {
      if (change.version() > version && (undo.whole() || isIn(intervals, change))) {
        first.putIfAbsent(change.path(), change);
        last.put(change.path(), change);
      }
    }
    return first.values().stream()
        .filter(change -> !change.added())
        .map(change -> last.getOrDefault(change.path(), change))
        .filter(change -> !change.added())
        .toList();
  }

  /** Whether one of them left the table before this moment, or at a time that is not known. */
  static boolean leftBefore(Instant moment, List<FileChange> needed, List<Commit> commits) {
    Map<Long, Instant> times =
        commits.stream().collect(Collectors.toMap(Commit::version, Commit::at));
    return needed.stream()
        .anyMatch(change -> times.getOrDefault(change.version(), Instant.MIN).isBefore(moment));
  }

  private boolean isIn(IntervalSet intervals, FileChange change) {
    Optional<Interval> interval =
        change
            .partition()
            .flatMap(
                values ->
                    job.shape().intervalBy().flatMap(by -> Optional.ofNullable(values.get(by))))
            .flatMap(value -> time.partition(value, job.every()))
            .map(job.every()::at);
    return interval.filter(intervals::contains).isPresent();
  }
}
