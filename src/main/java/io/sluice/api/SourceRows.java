package io.sluice.api;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows as a source gives them, before any rule.
 *
 * @param rows the received columns under their received or declared names, and besides {@link
 *     #INTERVAL}, {@link #SOURCE}, {@link #RECEIVED_AT}, {@link #REJECTED} and {@link #RAW}
 */
public record SourceRows(Dataset<Row> rows) {

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
