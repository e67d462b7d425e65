package io.sluice.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/** The rows of a table as a reader may see them; of an SCD2 table, its versions. */
final class Versions {
  static final String FROM = "valid_from";
  static final String TO = "valid_to";
  static final String CURRENT = "is_current";
  static final String OPENED = "_opened";
  static final String CLOSED = "_closed";

  /** What a version was before each interval that changed more of it than to close it. */
  static final String PAST = "_past";

  /** Until when an open version holds. */
  private static final LocalDateTime OPEN_END = LocalDateTime.of(9999, 12, 31, 0, 0);

  static final List<String> HIDDEN = List.of(OPENED, CLOSED, PAST);

  private Versions() {}

  /** Without the columns that are kept for taking back, and as of a moment. */
  static Dataset<Row> visible(Dataset<Row> rows, TableRead read) {
    List<String> names = List.of(rows.columns());
    boolean isVersions = names.containsAll(HIDDEN) && names.contains(FROM) && names.contains(TO);
    if (!isVersions) {
      return rows.drop(MadeIn.COLUMN);
    }
    Dataset<Row> seen = rows.drop(HIDDEN.toArray(new String[0]));
    return read.asOf().isEmpty() ? seen : asOf(seen, read, read.asOf().get());
  }

  private static Dataset<Row> asOf(Dataset<Row> rows, TableRead read, LocalDateTime moment) {
    StructField field = rows.schema().apply(FROM);
    IntervalColumn from = new IntervalColumn(FROM, field.dataType(), read.zone());
    IntervalColumn to = new IntervalColumn(TO, field.dataType(), read.zone());
    Column end = Moments.moment(openEnd(field.dataType()) + "L", field.dataType());
    Column open = not(to.before(moment));
    return rows.where(from.before(moment))
        .withColumn(CURRENT, when(open, true).otherwise(col(CURRENT)))
        .withColumn(TO, when(open, end).otherwise(col(TO)));
  }

  /** The number of the moment until which an open version holds. */
  static long openEnd(DataType type) {
    return Moments.number(OPEN_END, type, ZoneOffset.UTC);
  }
}
