package io.sluice.source.records;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Divides files among readers: a large one into slices, many small ones together. Sizes are those
 * that Spark's own readers work with.
 *
 * @param most bytes of a slice
 * @param opening bytes that opening a file counts as
 * @param readers that can work at once
 */
record Slices(long most, long opening, int readers) {

  /** A file to read. */
  record Whole(Slice slice, boolean mayBeCut) {}

  List<List<Slice>> of(List<Whole> files) {
    long all = files.stream().mapToLong(file -> file.slice().size() + opening).sum();
    long fair = Math.max(1, Math.min(most, Math.max(opening, all / Math.max(1, readers))));
    List<Slice> slices = new ArrayList<>();
    for (Whole file : files) {
      slices.addAll(file.mayBeCut() ? cut(file.slice(), fair) : List.of(file.slice()));
    }
    slices.sort(Comparator.comparingLong(Slice::size).reversed());
    return together(slices, fair);
  }

  private static List<Slice> cut(Slice whole, long fair) {
    List<Slice> slices = new ArrayList<>();
    for (long from = whole.from(); from < whole.to(); from += fair) {
      slices.add(whole.part(from, Math.min(whole.to(), from + fair)));
    }
    return slices;
  }

  private List<List<Slice>> together(List<Slice> slices, long fair) {
    List<List<Slice>> partitions = new ArrayList<>();
    List<Slice> open = new ArrayList<>();
    long bytes = 0;
    for (Slice slice : slices) {
      if (!open.isEmpty() && bytes + slice.size() > fair) {
        partitions.add(List.copyOf(open));
        open.clear();
        bytes = 0;
      }
      open.add(slice);
      bytes += slice.size() + opening;
    }
    if (!open.isEmpty()) {
      partitions.add(List.copyOf(open));
    }
    return partitions;
  }
}
