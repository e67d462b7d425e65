package io.sluice.table;

import io.sluice.deltalog.ContentHash;
import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.delta.actions.AddFile;

/** What files hold of each interval of a replacement, as they say themselves; none is read. */
record InternalContents(Replacement replacement) {

  /** What an interval's rows come to, and how many there are. */
  record Content(long rows, ContentHash hash) {
    static final Content NOTHING = new Content(0, ContentHash.EMPTY);

    Content plus(Content other) {
      return new Content(rows + other.rows, hash.plus(other.hash));
    }

    Content in(Map<String, String> partition) {
      return rows == 0
          ? this
          : new Content(rows, InternalRowHash.inPartition(text(partition), hash));
    }

    private static String text(Map<String, String> partition) {
      StringBuilder text = new StringBuilder();
      for (Map.Entry<String, String> one : new TreeMap<>(partition).entrySet()) {
        String value = one.getValue() == null ? "" : one.getValue().length() + ":" + one.getValue();
        text.append(one.getKey()).append('=').append(value).append(';');
      }
      return text.toString();
    }
  }

  /** The interval that a file's rows are of; empty where it may have rows of several. */
  Optional<Interval> interval(AddFile file) {
    Counting counting = replacement.counting();
    if (counting.column().isEmpty()) {
      return Optional.of(counting.newest());
    }
    IntervalColumn column = counting.column().get();
    return Optional.ofNullable(InternalFiles.partition(file).get(column.name()))
        .map(value -> counting.job().every().at(column.parse(value)));
  }

  /** Of these intervals, those of which all files say what they hold. */
  Map<Interval, Content> of(Collection<Interval> intervals, List<AddFile> files) {
    Set<Interval> unknown = new HashSet<>();
    Map<Interval, Map<Map<String, String>, Content>> sums = new HashMap<>();
    for (AddFile file : files) {
      Optional<Interval> interval = interval(file);
      Optional<Content> content = content(file);
      if (interval.isEmpty()) {
        return Map.of();
      }
      if (content.isEmpty()) {
        unknown.add(interval.get());
      } else {
        sums.computeIfAbsent(interval.get(), any -> new HashMap<>())
            .merge(InternalFiles.partition(file), content.get(), Content::plus);
      }
    }
    Map<Interval, Content> contents = new LinkedHashMap<>();
    for (Interval interval : intervals) {
      if (!unknown.contains(interval)) {
        Content all = Content.NOTHING;
        for (Map.Entry<Map<String, String>, Content> one :
            sums.getOrDefault(interval, Map.of()).entrySet()) {
          all = all.plus(one.getValue().in(one.getKey()));
        }
        contents.put(interval, all);
      }
    }
    return contents;
  }

  /** Intervals that hold the same in both. */
  List<Interval> same(Collection<Interval> intervals, List<AddFile> one, List<AddFile> other) {
    Map<Interval, Content> first = of(intervals, one);
    Map<Interval, Content> second = of(intervals, other);
    List<Interval> same = new ArrayList<>();
    first.forEach(
        (interval, content) -> {
          if (content.equals(second.get(interval))) {
            same.add(interval);
          }
        });
    return same;
  }

  /** The files that hold nothing of these intervals. */
  List<AddFile> without(List<Interval> intervals, List<AddFile> files) {
    return intervals.isEmpty()
        ? files
        : files.stream()
            .filter(file -> interval(file).filter(intervals::contains).isEmpty())
            .toList();
  }

  private static Optional<Content> content(AddFile file) {
    return InternalTag.of(file)
        .filter(hash -> file.numLogicalRecords().isDefined())
        .map(hash -> new Content((Long) file.numLogicalRecords().get(), hash));
  }
}
