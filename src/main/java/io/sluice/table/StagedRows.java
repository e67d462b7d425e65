package io.sluice.table;

import io.sluice.deltalog.ContentHash;
import io.sluice.deltalog.Receipt;
import io.sluice.time.Interval;
import java.util.List;
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
   * What the rows of an interval come to, whatever their order; of those of which it was taken as
   * they were written.
   */
  Map<Interval, ContentHash> hashes();

  /** Whether intervals can be left out of what is published, the others going on without them. */
  boolean canLeaveOut();

  /**
   * Leaves these intervals out: of them the table keeps what it has. Neither {@link #counts} nor
   * {@link #rows} has them any more.
   */
  void leaveOut(List<Interval> intervals);

  /**
   * One commit that makes them the table's, with the receipt.
   *
   * @return the version it made
   */
  long publish(Receipt receipt);

  /**
   * Of what was published, the intervals of which the table had the same rows already: the commit
   * changes nothing there.
   */
  List<Interval> unchanged();

  /** Removes what was not published. */
  @Override
  void close();
}
