package io.sluice.ledger;

import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which pieces of a source an interval was made from, and in which interval each was first seen.
 */
record SourceItems(Transaction transaction) {

  private static final int AT_ONCE = 500;

  private record Item(Interval interval, SourceItem item) {}

  private record Seen(String id, Interval interval) {}

  Map<Interval, List<SourceItem>> of(String job, Interval span) throws SQLException {
    Map<Interval, List<SourceItem>> found = new TreeMap<>();
    List<Item> items =
        transaction.list(
            row ->
                new Item(
                    row.interval(),
                    new SourceItem(row.text("item"), row.text("version"), row.number("bytes"))),
            """
            SELECT from_at, to_at, item, version, bytes FROM source_item
            WHERE job = ? AND from_at < ? AND to_at > ? AND version IS NOT NULL
            ORDER BY from_at, to_at, item""",
            job,
            span.to(),
            span.from());
    for (Item item : items) {
      found.computeIfAbsent(item.interval, interval -> new ArrayList<>()).add(item.item);
    }
    return found;
  }

  /** An item in several intervals was first seen in the earliest. */
  Map<String, Interval> firstSeen(String job, Set<String> ids) throws SQLException {
    Map<String, Interval> first = new HashMap<>();
    List<String> all = List.copyOf(ids);
    for (int start = 0; start < all.size(); start += AT_ONCE) {
      List<String> some = all.subList(start, Math.min(all.size(), start + AT_ONCE));
      List<Object> values = new ArrayList<>(some);
      values.add(0, job);
      List<Seen> seen =
          transaction.list(
              row -> new Seen(row.text("item"), row.interval()),
              "SELECT item, from_at, to_at FROM source_item WHERE job = ? AND item IN (%s)"
                  .formatted(String.join(", ", Collections.nCopies(some.size(), "?"))),
              values.toArray());
      seen.forEach(
          item -> first.merge(item.id, item.interval, (a, b) -> a.compareTo(b) <= 0 ? a : b));
    }
    return first;
  }

  /** The job is locked, so that nobody else sees the same items at the same time. */
  void see(String job, Map<String, Interval> items) throws SQLException {
    Map<String, Interval> known = firstSeen(job, items.keySet());
    List<Object[]> rows = new ArrayList<>();
    items.forEach(
        (id, interval) -> {
          if (!known.containsKey(id)) {
            rows.add(new Object[] {job, interval.from(), interval.to(), id});
          }
        });
    transaction.batch(
        """
        INSERT INTO source_item (job, from_at, to_at, item, version, bytes)
        VALUES (?, ?, ?, ?, NULL, 0)""",
        rows);
  }

  /**
   * The intervals are made from these items and no others. Those before stay as seen: a file that
   * comes back belongs where it was.
   */
  void replace(String job, IntervalSet intervals, Map<Interval, List<SourceItem>> items)
      throws SQLException {
    for (Interval range : intervals.ranges()) {
      transaction.update(
          """
          UPDATE source_item SET version = NULL, bytes = 0
          WHERE job = ? AND from_at >= ? AND to_at <= ? AND version IS NOT NULL""",
          job,
          range.from(),
          range.to());
    }
    List<Object[]> rows = new ArrayList<>();
    items.forEach(
        (interval, made) -> {
          if (intervals.contains(interval)) {
            made.forEach(
                item ->
                    rows.add(
                        new Object[] {
                          job,
                          interval.from(),
                          interval.to(),
                          item.id(),
                          item.version(),
                          item.bytes()
                        }));
          }
        });
    transaction.batch(
        """
        INSERT INTO source_item (job, from_at, to_at, item, version, bytes)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (job, from_at, to_at, item)
        DO UPDATE SET version = excluded.version, bytes = excluded.bytes""",
        rows);
  }
}
