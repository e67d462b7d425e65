package io.sluice.repair;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.StoredFile;
import io.sluice.lake.CareSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one table, or its table of turned away rows, is in need of.
 *
 * @param compact partitions with many small files, by their folder, and how many
 * @param zorder folders of partitions with rows that are not yet beside those near them
 * @param expired files that were in the table longer ago than it keeps them
 * @param orphans files that no version names, however old
 * @param since files written before this can be removed
 * @param dead attempts without a receipt that left rows in quarantine
 * @param checkpoint whether so much happened since the last one that readers feel it
 * @param forget newest version that the log may forget, once its receipt is kept beside the table
 */
public record CareNeed(
    Map<String, Integer> compact,
    List<String> zorder,
    List<StoredFile> expired,
    List<StoredFile> orphans,
    Instant since,
    List<String> dead,
    boolean checkpoint,
    OptionalLong forget) {

  /** With so many small files, a partition has many. */
  static final int MANY = 5;

  /** After so many commits, a reader of the log feels them. */
  private static final int COMMITS = 20;

  /** For how long a log is kept at least, as the tables' own property says. */
  private static final Duration LOG = Duration.ofDays(90);

  static final CareNeed NONE =
      new CareNeed(
          Map.of(),
          List.of(),
          List.of(),
          List.of(),
          Instant.EPOCH,
          List.of(),
          false,
          OptionalLong.empty());

  static CareNeed of(StoredTable table, CareSpec spec, List<String> dead, Instant now) {
    Instant since = now.minus(spec.keep());
    Map<String, Integer> small = new TreeMap<>();
    Map<String, Integer> all = new TreeMap<>();
    Set<String> rowsApart = new TreeSet<>();
    List<StoredFile> expired = new ArrayList<>();
    List<StoredFile> orphans = new ArrayList<>();
    for (StoredFile file : table.files()) {
      if (isHidden(file.path())) {
        continue;
      }
      String folder = folder(file.path());
      String madeBy = table.live().get(file.path());
      if (madeBy != null) {
        all.merge(folder, 1, Integer::sum);
        if (file.bytes() < spec.compact()) {
          small.merge(folder, 1, Integer::sum);
        }
        if (!madeBy.isEmpty() && !madeBy.equals("OPTIMIZE")) {
          rowsApart.add(folder);
        }
      } else if (!table.removed().containsKey(file.path())) {
        orphans.add(file);
      } else if (table.removed().get(file.path()).isBefore(since)) {
        expired.add(file);
      }
    }
    rowsApart.removeIf(folder -> spec.zorder().isEmpty() || all.getOrDefault(folder, 0) < 2);
    small.values().removeIf(count -> count < MANY);
    small.keySet().removeAll(rowsApart);
    return new CareNeed(
        small,
        List.copyOf(rowsApart),
        expired,
        orphans,
        since,
        dead,
        table.latest() - table.checkpointed().orElse(0) >= COMMITS,
        forget(table, spec.keep().compareTo(LOG) > 0 ? spec.keep() : LOG, now));
  }

  /** A day more than is too old: Delta goes by the times of the files. */
  private static OptionalLong forget(StoredTable table, Duration log, Instant now) {
    Instant since = now.minus(log);
    if (!table.oldestCommit().isBefore(since)) {
      return OptionalLong.empty();
    }
    return table.commits().stream()
        .filter(commit -> commit.at().isBefore(since.plus(Duration.ofDays(1))))
        .mapToLong(Commit::version)
        .max();
  }

  /** Those that nobody can need any more. */
  List<StoredFile> oldOrphans() {
    return orphans.stream().filter(file -> file.modified().isBefore(since)).toList();
  }

  long removable() {
    return bytes(expired) + bytes(oldOrphans());
  }

  static long bytes(List<StoredFile> files) {
    return files.stream().mapToLong(StoredFile::bytes).sum();
  }

  boolean hasToVacuum() {
    return !expired.isEmpty() || !oldOrphans().isEmpty();
  }

  boolean isNone() {
    return compact.isEmpty()
        && zorder.isEmpty()
        && !hasToVacuum()
        && dead.isEmpty()
        && !checkpoint
        && forget.isEmpty();
  }

  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** As Delta's VACUUM sees it: a name that begins so is not data, but for a partition's. */
  static boolean isHidden(String path) {
    for (String level : path.split("/")) {
      boolean marked = level.startsWith("_") || level.startsWith(".");
      if (marked && !level.contains("=")) {
        return true;
      }
    }
    return false;
  }
}
