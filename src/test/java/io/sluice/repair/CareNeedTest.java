package io.sluice.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.StoredFile;
import io.sluice.lake.CareSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a table is in need of, by its files alone. */
class CareNeedTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(40));
  private static final Instant LATELY = NOW.minus(Duration.ofDays(20));

  private final List<StoredFile> files = new ArrayList<>();
  private final Map<String, String> live = new HashMap<>();
  private final Map<String, Instant> removed = new HashMap<>();

  private CareNeedTest live(String path, long bytes, String operation) {
    live.put(path, operation);
    return stored(path, bytes, LONG_AGO);
  }

  private CareNeedTest stored(String path, long bytes, Instant modified) {
    files.add(new StoredFile(path, bytes, modified));
    return this;
  }

  private CareNeedTest removed(String path, Instant at) {
    removed.put(path, at);
    return stored(path, 10, LONG_AGO);
  }

  private CareNeed need(String... zorder) {
    Commit first =
        new Commit(0, LATELY, "WRITE", true, List.of(), Optional.empty(), Optional.empty());
    return CareNeed.of(
        new StoredTable(files, live, removed, List.of(first), OptionalLong.empty()),
        new CareSpec(Duration.ofDays(30), 1000, List.of(zorder), Duration.ofDays(7)),
        List.of(),
        NOW);
  }

  @Test
  void onlyPartitionsWithManySmallFilesAreCompacted() {
    for (int i = 0; i < CareNeed.MANY; i++) {
      live("day=1/part-" + i, 10, "WRITE").live("day=2/part-" + i, 2000, "WRITE");
    }
    live("day=3/part-0", 10, "WRITE");

    assertEquals(Map.of("day=1", CareNeed.MANY), need().compact());
    assertFalse(need().isNone());
  }

  @Test
  void onlyWhatIsNewIsPutInOrderAndOneFileNever() {
    live("day=1/a", 10, "OPTIMIZE").live("day=1/b", 10, "OPTIMIZE");
    live("day=2/a", 10, "OPTIMIZE").live("day=2/b", 10, "WRITE");
    live("day=3/a", 10, "WRITE");

    assertEquals(List.of("day=2"), need("code").zorder());
    assertEquals(List.of(), need().zorder());
  }

  @Test
  void whatAnUndoMayNeedIsKept() {
    removed("day=1/old", LONG_AGO).removed("day=1/new", LATELY);

    assertEquals(List.of("day=1/old"), need().expired().stream().map(StoredFile::path).toList());
    assertEquals(10, need().removable());
  }

  @Test
  void theLogForgetsNoCommitOfTheLastNinetyDays() {
    List<Commit> commits = new ArrayList<>();
    for (int version = 0; version < 5; version++) {
      Instant at = NOW.minus(Duration.ofDays(100 - 6 * version));
      commits.add(
          new Commit(version, at, "WRITE", true, List.of(), Optional.empty(), Optional.empty()));
    }
    StoredTable table = new StoredTable(files, live, removed, commits, OptionalLong.empty());
    CareSpec longer = new CareSpec(Duration.ofDays(96), 1000, List.of(), Duration.ofDays(7));

    assertEquals(OptionalLong.of(1), CareNeed.of(table, CareSpec.DEFAULT, List.of(), NOW).forget());
    assertEquals(OptionalLong.of(0), CareNeed.of(table, longer, List.of(), NOW).forget());
    assertEquals(OptionalLong.empty(), need().forget());
  }

  @Test
  void aFileThatNoVersionNamesIsAnOrphanAndWaitsUntilItIsOld() {
    stored("day=1/lost", 10, LONG_AGO).stored("day=1/new", 10, LATELY);
    stored("_delta_log/0.json", 10, LONG_AGO).stored("_sluice/staging/x/a", 10, LONG_AGO);
    stored("_day=1/lost", 10, LONG_AGO);

    assertEquals(
        List.of("day=1/lost", "day=1/new", "_day=1/lost"),
        need().orphans().stream().map(StoredFile::path).toList());
    assertEquals(
        List.of("day=1/lost", "_day=1/lost"),
        need().oldOrphans().stream().map(StoredFile::path).toList());
    assertTrue(need().hasToVacuum());
  }
}
