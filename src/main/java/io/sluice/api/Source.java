package io.sluice.api;

import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A feed from outside the lake. An instance serves one job and may be asked by many threads. */
public interface Source {

  /**
   * What the source holds for these intervals now. Starts no Spark, reads no row.
   *
   * @param known which items were seen in which interval before; only of use where an item does not
   *     say its interval itself
   * @return one look for each interval asked for
   */
  Map<Interval, Look> look(List<Interval> intervals, KnownItems known);

  /** Whether a look at many intervals costs no more than a look at one. */
  default boolean seesAllAtOnce() {
    return false;
  }

  /** Whether each item says itself which interval it belongs to, by its name or whatever it is. */
  default boolean itemsSayWhen() {
    return true;
  }

  /** Reads just the items that were looked at; nothing runs before the rows are asked for. */
  SourceRows read(SparkSession spark, Map<Interval, Look> looks);

  /**
   * As above, into a table that is there. Whoever tells types by a sample keeps to the table's: a
   * sample is another one tomorrow.
   *
   * @param table the columns that came from sources before; none where there is no table yet
   */
  default SourceRows read(SparkSession spark, Map<Interval, Look> looks, StructType table) {
    return read(spark, looks);
  }

  /**
   * What of the source a failure is about that came while the rows were asked for.
   *
   * @param looks as they were read
   * @return empty where that is not known
   */
  default Optional<SourceException> explain(Throwable failure, Map<Interval, Look> looks) {
    return Optional.empty();
  }

  /** What was seen before of items that don't say which interval they belong to. */
  interface KnownItems {
    KnownItems NONE =
        new KnownItems() {
          @Override
          public Optional<Interval> intervalOf(String itemId) {
            return Optional.empty();
          }

          @Override
          public Optional<Interval> newest() {
            return Optional.empty();
          }
        };

    Optional<Interval> intervalOf(String itemId);

    /** The interval that takes what was never seen: the newest due one. */
    Optional<Interval> newest();
  }
}
