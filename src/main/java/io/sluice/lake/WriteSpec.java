package io.sluice.lake;

import java.util.List;
import java.util.Optional;

/** How made rows become the table's rows. */
public sealed interface WriteSpec {

  /** As it is written in a definition. */
  String word();

  /** Whether an interval can only be made after those before it. */
  default boolean isOrdered() {
    return false;
  }

  /** The stored column by which readers get the table cut, of a table with time. */
  default Optional<String> cutColumn(Shape shape) {
    return Optional.empty();
  }

  /** The rows of the task's intervals take the place of those that were there. */
  record Replace() implements WriteSpec {
    @Override
    public String word() {
      return "replace";
    }

    @Override
    public Optional<String> cutColumn(Shape shape) {
      return shape.intervalBy();
    }
  }

  /**
   * The last row of a key wins.
   *
   * @param sequenceBy orders the rows of a key; an older row never overwrites a newer one
   * @param deleteWhen SQL condition on a made row that removes its key
   * @param keepNulls a NULL takes the value of the row before
   */
  record Merge(
      List<String> key, Optional<String> sequenceBy, Optional<String> deleteWhen, boolean keepNulls)
      implements WriteSpec {
    public Merge {
      key = List.copyOf(key);
    }

    @Override
    public String word() {
      return "merge";
    }

    @Override
    public boolean isOrdered() {
      return deleteWhen.isPresent() || keepNulls || sequenceBy.isEmpty();
    }

    /** Only where a key stays in its interval's partition do readers know what they wait for. */
    @Override
    public Optional<String> cutColumn(Shape shape) {
      return shape.intervalBy().filter(column -> shape.isPartitionedByInterval());
    }
  }

  /**
   * Slowly changing dimension, type 2.
   *
   * @param track columns whose change opens a new version; empty for all but the key
   * @param effective the column that says from when a version holds; else the interval's start
   * @param closeAbsent whether a key that an interval does not have is closed
   */
  record Scd2(
      List<String> key,
      List<String> track,
      Optional<String> effective,
      Optional<String> sequenceBy,
      boolean closeAbsent)
      implements WriteSpec {
    public Scd2 {
      key = List.copyOf(key);
      track = List.copyOf(track);
    }

    @Override
    public String word() {
      return "scd2";
    }

    @Override
    public boolean isOrdered() {
      return true;
    }
  }

  /** The whole table anew. */
  record Overwrite() implements WriteSpec {
    @Override
    public String word() {
      return "overwrite";
    }
  }

  /** Not stored: its SQL stands in its readers'. */
  record View() implements WriteSpec {
    @Override
    public String word() {
      return "view";
    }
  }
}
