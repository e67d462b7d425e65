package io.sluice.table;

import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.Protocol;
import org.apache.spark.sql.delta.actions.RemoveFile;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** The live files of every table that was asked for, each moved on by what its log says since. */
final class InternalFiles {
  static final Predicate<Map<String, String>> ALL = partition -> true;

  private final Map<String, LiveFiles<AddFile>> tables = new ConcurrentHashMap<>();

  /** The partitions of a span. */
  static Predicate<Map<String, String>> within(IntervalColumn column, Interval span) {
    return partition -> {
      String value = partition.get(column.name());
      return value != null && span.contains(column.parse(value));
    };
  }

  static Map<String, String> partition(FileAction file) {
    return new HashMap<>(JavaConverters.mapAsJavaMap(file.partitionValues()));
  }

  /** The files of these partitions as they are now. */
  List<AddFile> now(Predicate<Map<String, String>> which, String path, InternalLog log) {
    return ask(path, log, log.now(), live -> live.in(which));
  }

  /** The files of these partitions at a version; empty where they have changed since. */
  Optional<List<AddFile>> at(
      long version,
      Predicate<Map<String, String>> which,
      String path,
      InternalLog log,
      Snapshot now) {
    return ask(
        path,
        log,
        now,
        live -> live.isSameAt(version, which) ? Optional.of(live.in(which)) : Optional.empty());
  }

  /** Takes in a commit of ours, which then need not be read from the log. */
  void committed(
      String path,
      long version,
      Collection<AddFile> old,
      Collection<AddFile> added,
      boolean changesShape) {
    LiveFiles<AddFile> live = tables.get(path);
    if (live == null) {
      return;
    }
    synchronized (live) {
      if (live.version() == version - 1) {
        List<LiveFiles.Removed> removed =
            old.stream().map(file -> new LiveFiles.Removed(partition(file), file.path())).toList();
        live.advance(version, removed, added(added), changesShape);
      }
    }
  }

  /** Asks the live files of a table, moved on to this snapshot or further. */
  private <T> T ask(
      String path, InternalLog log, Snapshot now, Function<LiveFiles<AddFile>, T> question) {
    LiveFiles<AddFile> live = tables.computeIfAbsent(path, key -> seeded(now));
    synchronized (live) {
      if (live.version() < now.version()) {
        catchUp(live, log, now.version());
      }
      return question.apply(live);
    }
  }

  private static LiveFiles<AddFile> seeded(Snapshot now) {
    List<AddFile> files =
        now.checksumOpt().isDefined() && now.checksumOpt().get().allFiles().isDefined()
            ? ScalaCollections.list(now.checksumOpt().get().allFiles().get())
            : now.allFiles().collectAsList();
    return new LiveFiles<>(now.version(), added(files));
  }

  private static void catchUp(LiveFiles<AddFile> live, InternalLog log, long until) {
    Iterator<Tuple2<Object, Seq<Action>>> changes =
        log.delta().getChanges(live.version() + 1, true);
    while (live.version() < until && changes.hasNext()) {
      Tuple2<Object, Seq<Action>> change = changes.next();
      List<AddFile> added = new ArrayList<>();
      List<LiveFiles.Removed> removed = new ArrayList<>();
      boolean changesShape = false;
      for (Action action : ScalaCollections.list(change._2())) {
        if (action instanceof AddFile file) {
          added.add(file);
        } else if (action instanceof RemoveFile file) {
          removed.add(new LiveFiles.Removed(partition(file), file.path()));
        } else if (action instanceof Metadata || action instanceof Protocol) {
          changesShape = true;
        }
      }
      live.advance((Long) change._1(), removed, added(added), changesShape);
    }
  }

  private static List<LiveFiles.Added<AddFile>> added(Collection<AddFile> files) {
    return files.stream()
        .map(file -> new LiveFiles.Added<>(partition(file), file.path(), file))
        .toList();
  }
}
