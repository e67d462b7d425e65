package io.sluice.table;

import io.sluice.deltalog.Receipt;
import io.sluice.time.Interval;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows that lie beside the table, to be judged and then published, or not. */
public interface StagedRows extends AutoCloseable {

  /** How many rows there are of each of the write's intervals, from the files' own counts. */
  Map<Interval, Long> counts();

  /** The staged rows, the interval column among them; what table rules are asked of. */
  Dataset<Row> rows();

  /**
   * One commit that makes them the table's, with the receipt.
   *
   * @return the version it made
   */
  long publish(Receipt receipt);

  /** Removes what was not published. */
  @Override
  void close();
}
