package io.sluice.source.files;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.json_object_keys;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ltrim;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.sluice.api.Look;
import io.sluice.source.columns.DeclaredColumns;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * An object a line, or with {@code multiLine = true} one object or an array of them a file. Each
 * top-level field is a column of text; what is nested stays JSON.
 */
final class JsonFormat implements FileFormat {

  private static final String OBJECT = "__object";
  private static final String BROKEN = "__broken";

  @Override
  public Dataset<Row> rows(FileScan scan, List<Look.Item> items) {
    Dataset<Row> texts = texts(scan, items);
    // Which fields there are is only known when all lines were seen: the one format that is read
    // twice.
    List<String> fields =
        texts
            .select(explode(json_object_keys(col("value"))).as("key"))
            .distinct()
            .as(Encoders.STRING())
            .collectAsList()
            .stream()
            .sorted()
            .toList();
    StructType schema = new StructType();
    for (String field : fields) {
      schema = schema.add(field, DataTypes.StringType);
    }
    StructType withBroken = schema.add(BROKEN, DataTypes.StringType);
    Column object =
        from_json(
            col("value"),
            withBroken,
            Map.of("columnNameOfCorruptRecord", BROKEN, "mode", "PERMISSIVE"));
    Dataset<Row> objects =
        texts.select(col("value"), col(FileScan.PATH), col(FileScan.MODIFIED), object.as(OBJECT));
    Column[] flat =
        java.util.stream.Stream.concat(
                fields.stream()
                    .map(field -> col(OBJECT + "." + DeclaredColumns.quoted(field)).as(field)),
                java.util.stream.Stream.of(
                    col(OBJECT + "." + BROKEN).as(BROKEN),
                    col("value").as("__value"),
                    col(FileScan.PATH),
                    col(FileScan.MODIFIED)))
            .toArray(Column[]::new);
    Column broken = when(col(BROKEN).isNotNull(), lit("the text is not a JSON object"));
    return scan.columns()
        .rows(
            objects.select(flat),
            fields,
            scan.facts(col(FileScan.PATH), col(FileScan.MODIFIED), broken, col("__value")),
            items.get(0).id());
  }

  private static Dataset<Row> texts(FileScan scan, List<Look.Item> items) {
    boolean isWhole = scan.isOn("multiLine");
    Dataset<Row> texts = scan.text(items, isWhole).filter(trim(col("value")).notEqual(""));
    if (!isWhole) {
      return texts;
    }
    Column parts = from_json(col("value"), DataTypes.createArrayType(DataTypes.StringType));
    Column objects =
        when(ltrim(col("value")).startsWith("["), coalesce(parts, array(col("value"))))
            .otherwise(array(col("value")));
    return texts.select(explode(objects).as("value"), col(FileScan.PATH), col(FileScan.MODIFIED));
  }
}
