package io.sluice.source.files;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.json_object_keys;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.locate;
import static org.apache.spark.sql.functions.ltrim;
import static org.apache.spark.sql.functions.map_keys;
import static org.apache.spark.sql.functions.rtrim;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.sluice.api.Look;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.source.columns.JsonOptions;
import io.sluice.source.landing.FileScan;
import io.sluice.source.landing.LandedFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
final class JsonFormat implements LandedFormat {

  private static final String OBJECT = "__object";
  private static final String BROKEN = "__broken";
  private static final String REST = "__rest";
  private static final String VALUE = "__value";

  @Override
  public Dataset<Row> rows(FileScan scan, List<Look.Item> items) {
    Map<String, String> options = JsonOptions.of(scan.options());
    Dataset<Row> texts = texts(scan, items, options);
    List<String> fields = fields(texts, options);
    StructType schema = new StructType();
    for (String field : fields) {
      schema = schema.add(field, DataTypes.StringType);
    }
    Map<String, String> reading = new HashMap<>(options);
    reading.put("columnNameOfCorruptRecord", BROKEN);
    reading.put("mode", "PERMISSIVE");
    Column object = from_json(col("value"), schema.add(BROKEN, DataTypes.StringType), reading);
    Dataset<Row> objects =
        texts.select(
            col("value"), col(REST), col(FileScan.PATH), col(FileScan.MODIFIED), object.as(OBJECT));
    Column[] flat =
        Stream.concat(
                fields.stream()
                    .map(field -> col(OBJECT + "." + DeclaredColumns.quoted(field)).as(field)),
                Stream.of(
                    col(OBJECT + "." + BROKEN).as(BROKEN),
                    col("value").as(VALUE),
                    col(REST),
                    col(FileScan.PATH),
                    col(FileScan.MODIFIED)))
            .toArray(Column[]::new);
    Column broken =
        coalesce(col(REST), when(col(BROKEN).isNotNull(), lit("the text is not a JSON object")));
    return scan.columns()
        .rows(
            objects.select(flat),
            fields,
            scan.facts(col(FileScan.PATH), col(FileScan.MODIFIED), broken, col(VALUE)),
            items.get(0).id());
  }

  /**
   * Which fields there are is only known when all lines were seen: the one format that is read
   * twice. The cheaper function knows strict JSON alone.
   */
  private static List<String> fields(Dataset<Row> texts, Map<String, String> options) {
    Column lenient =
        map_keys(
            from_json(
                col("value"),
                DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType),
                options));
    return texts
        .select(explode(coalesce(json_object_keys(col("value")), lenient)).as("key"))
        .distinct()
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  private static Dataset<Row> texts(
      FileScan scan, List<Look.Item> items, Map<String, String> options) {
    boolean isWhole = scan.isOn("multiLine");
    Dataset<Row> texts =
        scan.text(items, isWhole)
            .filter(trim(col("value")).notEqual(""))
            .withColumn(REST, rest(options));
    if (!isWhole) {
      return texts;
    }
    Column parts =
        from_json(col("value"), DataTypes.createArrayType(DataTypes.StringType), options);
    Column objects =
        when(
                col(REST).isNull().and(ltrim(col("value")).startsWith("[")),
                coalesce(parts, array(col("value"))))
            .otherwise(array(col("value")));
    return texts.select(
        explode(objects).as("value"), col(REST), col(FileScan.PATH), col(FileScan.MODIFIED));
  }

  /**
   * Spark reads the first value of a text and drops the rest. There is none where the first brace
   * that closes is the last character.
   */
  private static Column rest(Map<String, String> options) {
    Column isClosed = locate("}", col("value")).equalTo(length(rtrim(col("value"))));
    return when(
        isClosed.equalTo(false),
        udf(new JsonRest(options), DataTypes.StringType).apply(col("value")));
  }
}
