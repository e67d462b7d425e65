package io.sluice.api;

import io.sluice.time.Interval;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows as a source gives them, before any rule.
 *
 * @param rows the received columns under their received or declared names, and besides {@link
 *     #INTERVAL}, {@link #SOURCE}, {@link #RECEIVED_AT}, {@link #REJECTED} and {@link #RAW}
 * @param headers what items say of their columns whatever their rows hold, as the first line of a
 *     CSV file does; empty for items that don't, as JSON
 * @param asked what was asked for where the looks have no items: a query, pages; without secrets
 */
public record SourceRows(Dataset<Row> rows, List<Header> headers, String asked) {

  public SourceRows {
    headers = List.copyOf(headers);
  }

  /** Of items that don't say what columns they have. */
  public SourceRows(Dataset<Row> rows) {
    this(rows, List.of());
  }

  /** Of items that were looked at. */
  public SourceRows(Dataset<Row> rows, List<Header> headers) {
    this(rows, headers, "");
  }

  /**
   * Which columns were sent.
   *
   * @param intervals that they were sent for
   * @param columns under the names that they have in the rows
   */
  public record Header(List<Interval> intervals, List<String> columns) {
    public Header {
      intervals = List.copyOf(intervals);
      columns = List.copyOf(columns);
    }
  }

  /** TIMESTAMP_NTZ: start of the interval that the row came with. */
  public static final String INTERVAL = "_sluice_interval";

  /** STRING: the file or table that the row came from; stored. */
  public static final String SOURCE = "_source";

  /** TIMESTAMP: when the item came in; stored. */
  public static final String RECEIVED_AT = "_received_at";

  /** STRING: why the row can't be read against the declared columns; NULL where it can. */
  public static final String REJECTED = "_sluice_rejected";

  /** STRING: a rejected row's text as received; NULL for others. */
  public static final String RAW = "_sluice_raw";
}
