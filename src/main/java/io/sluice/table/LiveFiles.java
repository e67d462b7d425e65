package io.sluice.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The live files of a table by partition, as of one version, and when each partition last changed:
 * built once from a snapshot, then moved on by each commit's own actions. Not safe for many
 * threads.
 *
 * @param <F> a file
 */
final class LiveFiles<F> {
  private final Map<Map<String, String>, Partition<F>> partitions = new HashMap<>();
  private long version;
  private long shapeChangedAt;
  private long changedAt;

  private static final class Partition<F> {
    private final Map<String, F> files = new LinkedHashMap<>();
    private long changedAt;
  }

  /** One file that a commit added to a partition. */
  record Added<F>(Map<String, String> partition, String path, F file) {}

  /** One file that a commit removed from a partition. */
  record Removed(Map<String, String> partition, String path) {}

  LiveFiles(long version, Collection<Added<F>> files) {
    this.version = version;
    this.shapeChangedAt = version;
    this.changedAt = version;
    for (Added<F> file : files) {
      touch(file.partition()).files.put(file.path(), file.file());
    }
  }

  long version() {
    return version;
  }

  /** Takes in the next version's actions. */
  void advance(
      long next, Collection<Removed> removed, Collection<Added<F>> added, boolean changesShape) {
    if (next != version + 1) {
      throw new IllegalStateException(
          "Live files at version %d were given version %d".formatted(version, next));
    }
    version = next;
    if (changesShape) {
      shapeChangedAt = next;
    }
    for (Removed file : removed) {
      touch(file.partition()).files.remove(file.path());
    }
    for (Added<F> file : added) {
      touch(file.partition()).files.put(file.path(), file.file());
    }
    if (!removed.isEmpty() || !added.isEmpty()) {
      changedAt = next;
    }
  }

  List<F> all() {
    return in(partition -> true);
  }

  /** The files of these partitions. */
  List<F> in(Predicate<Map<String, String>> which) {
    List<F> files = new ArrayList<>();
    partitions.forEach(
        (values, partition) -> {
          if (which.test(values)) {
            files.addAll(partition.files.values());
          }
        });
    return files;
  }

  /** Whether these partitions' files, and the columns, were the same at an older version. */
  boolean isSameAt(long older, Predicate<Map<String, String>> which) {
    if (older > version || shapeChangedAt > older) {
      return false;
    }
    return changedAt <= older
        || partitions.entrySet().stream()
            .noneMatch(entry -> entry.getValue().changedAt > older && which.test(entry.getKey()));
  }

  private Partition<F> touch(Map<String, String> values) {
    Partition<F> partition = partitions.computeIfAbsent(values, key -> new Partition<>());
    partition.changedAt = version;
    return partition;
  }
}
