package io.sluice.table;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.sluice.deltalog.TableLog;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF0;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.JavaConverters;

/**
 * Refuses to write where a table is no longer at a version. It looks while the rows are written:
 * then Delta's transaction has begun, and sees to what is committed after the look. A look before
 * would leave a gap between the two, in which another's commit is lost.
 *
 * @param settings those of the Spark session
 */
record StillAt(String path, Map<String, String> settings, long version) implements UDF0<Boolean> {

  static StillAt of(SparkSession spark, String path, long version) {
    return new StillAt(
        path, Map.copyOf(JavaConverters.mapAsJavaMap(spark.conf().getAll())), version);
  }

  /** The same rows, and no more. */
  Dataset<Row> with(Dataset<Row> rows) {
    Column look = udf(this, DataTypes.BooleanType).asNondeterministic().apply();
    Column[] columns =
        Arrays.stream(rows.schema().fields())
            .map(field -> lit(null).cast(field.dataType()).as(field.name()))
            .toArray(Column[]::new);
    return rows.union(rows.sparkSession().range(0, 1, 1, 1).where(look).select(columns));
  }

  @Override
  public Boolean call() {
    OptionalLong now = TableLog.at(path, settings).latest();
    if (now.orElse(-1) != version) {
      throw new ConcurrentModificationException(
          "%s is at version %d, but was looked at at version %d: somebody else has written to it meanwhile; look again and repeat"
              .formatted(path, now.orElse(-1), version));
    }
    return false;
  }
}
