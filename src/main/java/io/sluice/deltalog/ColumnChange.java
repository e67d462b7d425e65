package io.sluice.deltalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A column that a commit added, took away or gave another type.
 *
 * @param before its type until then; empty where it was not there
 * @param after its type from then on; empty where it is no longer there
 * @param receipt of the task that did it; empty where others did
 */
public record ColumnChange(
    long version,
    Instant at,
    String operation,
    String column,
    Optional<String> before,
    Optional<String> after,
    Optional<Receipt> receipt) {

  /** All that the log still tells, oldest first. */
  public static List<ColumnChange> of(LogTail log) {
    List<ColumnChange> changes = new ArrayList<>();
    Map<String, String> known = new LinkedHashMap<>();
    for (Commit commit : log.commits()) {
      if (commit.columns().isPresent()) {
        Map<String, String> now = commit.columns().get();
        Map<String, String> all = new LinkedHashMap<>(now);
        known.forEach(all::putIfAbsent);
        for (String column : all.keySet()) {
          Optional<String> before = Optional.ofNullable(known.get(column));
          Optional<String> after = Optional.ofNullable(now.get(column));
          if (!before.equals(after)) {
            changes.add(
                new ColumnChange(
                    commit.version(),
                    commit.at(),
                    commit.operation(),
                    column,
                    before,
                    after,
                    commit.receipt()));
          }
        }
        known = now;
      }
    }
    return changes;
  }
}
