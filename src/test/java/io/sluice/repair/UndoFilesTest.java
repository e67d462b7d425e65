package io.sluice.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.FileChange;
import io.sluice.deltalog.Undone;
import io.sluice.lake.Job;
import io.sluice.testing.Jobs;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import io.sluice.time.LakeTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which files an undo needs, and how long ago they left the table. */
class UndoFilesTest {
  private static final Job JOB = Jobs.sql("analysis.line", "SELECT 1").build();
  private static final Instant THEN = Instant.parse("2011-01-01T00:00:00Z");

  private static FileChange change(long version, boolean added, String path) {
    return new FileChange(version, added, path, Optional.of(Map.of()), 1);
  }

  private static Commit commit(long version) {
    return new Commit(
        version,
        THEN.plus(Duration.ofDays(version)),
        "WRITE",
        true,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void ofEachFileThatIsGivenBackItCountsWhenItLeftLast() {
    TreeMap<Long, IntervalSet> all = new TreeMap<>(Map.of(0L, IntervalSet.of(Interval.ALWAYS)));
    TableUndo undo =
        new TableUndo(
            JOB,
            4,
            true,
            all,
            List.of(),
            new Undone("r", OptionalLong.of(0), List.of(), IntervalSet.EMPTY),
            false,
            new TableUndo.More(new TreeMap<>(), new TreeMap<>()));
    UndoFiles files =
        new UndoFiles(JOB, new LakeTime(ZoneOffset.UTC), folder -> Set.of("a", "b", "c"));

    List<FileChange> needed =
        files.needed(
            undo,
            List.of(
                change(1, false, "a"),
                change(1, true, "new"),
                change(2, true, "a"),
                change(2, false, "b"),
                change(3, false, "a"),
                change(3, false, "c"),
                change(4, true, "c")));

    assertEquals(List.of(change(3, false, "a"), change(2, false, "b")), needed);
    assertEquals(Optional.empty(), files.missing(needed));
    assertEquals(Optional.of("x/d"), files.missing(List.of(change(1, false, "x/d"))));
    List<Commit> commits = List.of(commit(2), commit(3));
    assertTrue(UndoFiles.leftBefore(THEN.plus(Duration.ofHours(49)), needed, commits));
    assertFalse(UndoFiles.leftBefore(THEN.plus(Duration.ofDays(2)), needed, commits));
    assertTrue(
        UndoFiles.leftBefore(THEN, List.of(change(9, false, "z")), commits),
        "What is not told may be long ago");
  }
}
