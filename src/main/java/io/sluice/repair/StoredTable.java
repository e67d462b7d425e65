package io.sluice.repair;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.FileChange;
import io.sluice.deltalog.StoredFile;
import io.sluice.deltalog.StoredFolder;
import io.sluice.deltalog.TableLog;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * A table as its folder and its log show it, with Spark only where the log has forgotten its
 * beginning.
 *
 * @param files all that lies in the folder
 * @param live paths of the newest version's files, each with the operation that added it; empty
 *     text where the log does not tell that any more
 * @param removed paths that were taken out of the table, and when
 * @param commits what the log still tells
 */
record StoredTable(
    List<StoredFile> files,
    Map<String, String> live,
    Map<String, Instant> removed,
    List<Commit> commits,
    OptionalLong checkpointed) {

  private static final String CARED = "VACUUM END";

  StoredTable {
    files = List.copyOf(files);
    live = Map.copyOf(live);
    removed = Map.copyOf(removed);
    commits = List.copyOf(commits);
  }

  /**
   * Empty where there is no table.
   *
   * @param settings those of the Spark session
   * @param liveFiles asked of a table whose log does not begin with it
   */
  static Optional<StoredTable> look(
      String path,
      Map<String, String> settings,
      Function<String, ? extends Collection<String>> liveFiles) {
    TableLog log = TableLog.at(path, settings);
    List<Commit> commits = log.since(-1).commits();
    if (commits.isEmpty()) {
      return Optional.empty();
    }
    long first = commits.get(0).version();
    long latest = commits.get(commits.size() - 1).version();
    Map<Long, Commit> byVersion = new HashMap<>();
    commits.forEach(commit -> byVersion.put(commit.version(), commit));
    Map<String, String> live = new HashMap<>();
    Map<String, Instant> removed = new HashMap<>();
    for (FileChange change : log.fileChanges(first - 1, latest)) {
      Commit commit = byVersion.get(change.version());
      if (commit == null) {
        continue;
      }
      if (change.added()) {
        live.put(change.path(), commit.operation());
        removed.remove(change.path());
      } else {
        live.remove(change.path());
        removed.put(change.path(), commit.at());
      }
    }
    if (first > 0) {
      liveFiles.apply(path).forEach(file -> live.putIfAbsent(file, ""));
    }
    return Optional.of(
        new StoredTable(
            StoredFolder.at(path, settings).all(), live, removed, commits, log.checkpointed()));
  }

  /** Whether the log tells of all that ever happened to the table. */
  boolean isToldWhole() {
    return commits.get(0).version() == 0;
  }

  long latest() {
    return commits.get(commits.size() - 1).version();
  }

  Instant oldestCommit() {
    return commits.get(0).at();
  }

  /** When it was last taken care of. */
  Optional<Instant> cared() {
    return commits.stream()
        .filter(commit -> commit.operation().equals(CARED))
        .map(Commit::at)
        .reduce((before, after) -> after);
  }

  /** Attempts that the log tells of. */
  Set<String> attempts() {
    Set<String> attempts = new HashSet<>();
    for (Commit commit : commits) {
      commit
          .receipt()
          .ifPresent(
              receipt -> {
                attempts.add(receipt.attempt());
                receipt
                    .undone()
                    .ifPresent(
                        undone -> undone.origins().forEach(from -> attempts.add(from.attempt())));
              });
    }
    return attempts;
  }
}
