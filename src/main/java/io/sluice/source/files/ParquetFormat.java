package io.sluice.source.files;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.sluice.api.Look;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.source.landing.FileScan;
import io.sluice.source.landing.LandedFormat;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Columns with the types that the files give them; a rejected row's text is its JSON. */
final class ParquetFormat implements LandedFormat {

  @Override
  public Dataset<Row> rows(FileScan scan, List<Look.Item> items) {
    // Without merging, a column that the first file does not have would be lost.
    Dataset<Row> rows =
        scan.reader()
            .option("mergeSchema", String.valueOf(items.size() > 1))
            .parquet(FileScan.paths(items));
    List<String> received = List.of(rows.columns());
    Column[] all =
        Arrays.stream(rows.columns())
            .map(name -> col(DeclaredColumns.quoted(name)))
            .toArray(Column[]::new);
    return scan.columns()
        .rows(
            rows,
            received,
            scan.facts(DeclaredColumns.noText(), to_json(struct(all))),
            items.get(0).id());
  }
}
