package io.sluice.table;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The table that rows go into by their key.
 *
 * @param old shape before the write; empty where the table begins with it
 */
record KeyedTable(DeltaSession session, TableWrite write, Optional<TableShape> old) {

  /** All stored rows of a version, the columns that readers do not see among them. */
  Dataset<Row> at(long version) {
    return session
        .reading()
        .read(
            session.spark(),
            new TableRead(
                write.path(), version, Optional.empty(), Optional.empty(), ZoneOffset.UTC));
  }

  Dataset<Row> empty(StructType columns) {
    return session.spark().createDataFrame(List.of(), columns);
  }

  /** The shape that these columns would give it, if it began with them. */
  TableShape made(StructType columns) {
    List<String> partitionBy =
        write.job().shape().partitionBy().stream()
            .flatMap(name -> TableShape.find(columns, name).stream())
            .map(StructField::name)
            .toList();
    return new TableShape(columns, partitionBy);
  }

  KeyedPublish publish() {
    return new KeyedPublish(session, write);
  }
}
