package io.sluice.lake;

import io.sluice.time.Interval;
import io.sluice.time.Lookback;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a raw table's rows come from, and for which time.
 *
 * @param span the intervals that this source is for
 * @param columns received columns that are renamed or typed; all others are kept as received
 * @param reread how far back of each new interval is read again with it
 */
public record SourceSpec(
    Interval span, List<Column> columns, Lookback reread, Kind kind, Origin origin) {

  public SourceSpec {
    columns = List.copyOf(columns);
  }

  /**
   * A declared column.
   *
   * @param type Spark SQL type; empty: as received
   */
  public record Column(String received, String name, Optional<String> type) {}

  /** What stands at the other end. */
  public sealed interface Kind {}

  /**
   * Files of a landing folder.
   *
   * @param path URI or path, absolute; {@code {yyyy-MM-dd}} stands for the interval's start, {@code
   *     *} and {@code ?} as in a shell; without a date pattern a file belongs to the interval in
   *     which it was first seen
   * @param format {@code csv}, {@code json}, {@code parquet} or {@code text}
   * @param options the reader's own
   */
  public record Files(String path, String format, Map<String, String> options, Missing missing)
      implements Kind {
    public Files {
      options = Map.copyOf(options);
    }
  }

  /** What an interval without a file is. */
  public enum Missing {
    /** Made, without rows. */
    EMPTY,
    /** Not made until there is one. */
    WAIT,
    /** Failed. */
    FAIL
  }

  /**
   * A table or query of a relational database.
   *
   * @param from table name, or a query in parentheses
   * @param by the column whose value says which interval a row belongs to; without it the whole
   *     table is read, which knows only the present
   * @param parallel how many readers, split by {@code splitBy}
   */
  public record Jdbc(
      String url,
      Optional<String> user,
      Optional<Secret> password,
      Optional<String> driver,
      String from,
      Optional<String> by,
      int parallel,
      Optional<String> splitBy,
      int fetchSize)
      implements Kind {}
}
