package io.sluice.source.files;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_csv;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.sluice.api.Look;
import io.sluice.source.columns.ColumnsException;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.source.landing.FileScan;
import io.sluice.source.landing.ItemException;
import io.sluice.source.landing.LandedFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Map$;

/** Lines of fields, named by each file's own header. */
final class CsvFormat implements LandedFormat {

  private static final String CORRUPT = "__corrupt";

  private final CsvDialect dialect;

  CsvFormat(CsvDialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public Dataset<Row> rows(FileScan scan, List<Look.Item> items) {
    checkOptions(scan.options());
    CsvHeaders headers = new CsvHeaders(dialect, scan.spark().sessionState().newHadoopConf());
    return headers.group(items).entrySet().stream()
        .map(group -> rows(scan, group.getKey(), group.getValue()))
        .reduce((one, other) -> one.unionByName(other, true))
        .orElseGet(() -> scan.columns().none(scan.spark()));
  }

  /** What Spark refuses is wrong for all files, and would else be told of each. */
  private static void checkOptions(Map<String, String> options) {
    Map$ maps = Map$.MODULE$;
    scala.collection.immutable.Map<String, String> asSpark = maps.empty();
    for (Map.Entry<String, String> option : options.entrySet()) {
      asSpark = asSpark.updated(option.getKey(), option.getValue());
    }
    try {
      new CSVOptions(asSpark, false, "UTC");
    } catch (Exception e) {
      // Spark is Scala and throws checked exceptions without saying so.
      throw new IllegalArgumentException("options: " + e.getMessage() + "; correct them", e);
    }
  }

  private Dataset<Row> rows(FileScan scan, List<String> header, List<Look.Item> items) {
    StructType schema = new StructType();
    for (String name : header) {
      schema = schema.add(name, DataTypes.StringType);
    }
    Map<String, String> dialectOptions = dialectOptions(scan);
    Dataset<Row> lines =
        scan.reader()
            .options(dialectOptions)
            .option("mode", "PERMISSIVE")
            // Else a line that does not fit is only noticed where all columns are asked for.
            .option("columnPruning", "false")
            .option("columnNameOfCorruptRecord", CORRUPT)
            .schema(schema.add(CORRUPT, DataTypes.StringType))
            .csv(FileScan.paths(items));

    Column[] fields =
        header.stream().map(name -> col(DeclaredColumns.quoted(name))).toArray(Column[]::new);
    Column corrupt = col(CORRUPT);
    int columns = header.size();
    CsvDialect dialect = this.dialect;
    // The field is asked for because Spark refuses to read the corrupt text alone.
    UDF2<String, String, String> fault = (line, field) -> dialect.fault(line, columns);
    Column broken =
        when(corrupt.isNotNull(), udf(fault, DataTypes.StringType).apply(corrupt, fields[0]));
    // Spark gives the line only where it could not take it apart; others are put together again.
    Column raw = coalesce(corrupt, to_csv(struct(fields), writerOptions(dialectOptions)));
    try {
      return scan.columns().rows(lines, header, scan.facts(broken, raw), items.get(0).id());
    } catch (ColumnsException e) {
      List<String> alike = items.stream().map(Look.Item::id).toList();
      throw new ItemException(alike, String.valueOf(e.getMessage()), false, e);
    }
  }

  private Map<String, String> dialectOptions(FileScan scan) {
    Map<String, String> options = new HashMap<>();
    // A quote inside quotes is doubled (RFC 4180); Spark alone would expect a backslash.
    options.put("escape", scan.option("escape", "\""));
    options.put("multiLine", String.valueOf(dialect.isMultiLine()));
    return options;
  }

  private Map<String, String> writerOptions(Map<String, String> reader) {
    Map<String, String> options = new HashMap<>(reader);
    options.put("sep", dialect.separator());
    options.put("quote", String.valueOf(dialect.quote()));
    options.put("emptyValue", "");
    return options;
  }
}
