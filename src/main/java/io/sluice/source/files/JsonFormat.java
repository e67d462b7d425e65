package io.sluice.source.files;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.arrays_overlap;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.json_object_keys;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.locate;
import static org.apache.spark.sql.functions.ltrim;
import static org.apache.spark.sql.functions.map_keys;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.rtrim;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.sluice.api.Look;
import io.sluice.api.SourceRows;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.source.columns.JsonOptions;
import io.sluice.source.landing.FileScan;
import io.sluice.source.landing.LandedFormat;
import io.sluice.source.records.RecordFiles;
import io.sluice.source.records.TextRecords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
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
  private static final String TEXT = "__value";
  private static final String NUMBER = "__number";
  private static final String VALUE = TextRecords.VALUE;

  @Override
  public SourceRows rows(FileScan scan, List<Look.Item> items) {
    Map<String, String> options = JsonOptions.of(scan.options());
    Dataset<Row> texts = texts(scan, items, options);
    List<String> named = fields(texts, options);
    List<String> fields = named.stream().filter(DeclaredColumns::isText).toList();
    StructType schema = new StructType();
    for (String field : fields) {
      schema = schema.add(field, DataTypes.StringType);
    }
    Map<String, String> reading = new HashMap<>(options);
    reading.put("columnNameOfCorruptRecord", BROKEN);
    reading.put("mode", "PERMISSIVE");
    Column object = from_json(col(VALUE), schema.add(BROKEN, DataTypes.StringType), reading);
    Dataset<Row> objects =
        texts.select(columns(Stream.of(col(VALUE), col(NUMBER), col(REST), object.as(OBJECT))));
    Dataset<Row> flat =
        objects.select(
            columns(
                Stream.concat(
                    fields.stream()
                        .map(field -> col(OBJECT + "." + DeclaredColumns.quoted(field)).as(field)),
                    Stream.of(
                        col(OBJECT + "." + BROKEN).as(BROKEN),
                        col(VALUE).as(TEXT),
                        col(NUMBER),
                        col(REST)))));
    Column broken =
        coalesce(
            col(REST),
            when(col(BROKEN).isNotNull(), lit("the text is not a JSON object")),
            misnamed(named.stream().filter(name -> !DeclaredColumns.isText(name)).toList()));
    Column place = coalesce(concat(lit("object "), col(NUMBER).plus(1)), RecordFiles.place("line"));
    Column fault =
        coalesce(RecordFiles.fault(), when(broken.isNotNull(), concat_ws(": ", place, broken)));
    return new SourceRows(
        scan.columns()
            .rows(
                flat,
                fields,
                RecordFiles.facts(fault, coalesce(RecordFiles.text(), col(TEXT)), place),
                items.get(0).id()));
  }

  /** A damaged name must not cost all files their reading, nor the row its value. */
  private static Column misnamed(List<String> names) {
    Column[] damaged = names.stream().map(functions::lit).toArray(Column[]::new);
    return names.isEmpty()
        ? DeclaredColumns.noText()
        : when(
            arrays_overlap(json_object_keys(col(TEXT)), array(damaged)),
            lit("the name of a field is no text"));
  }

  private static Column[] columns(Stream<Column> own) {
    return Stream.concat(own, RecordFiles.beside()).toArray(Column[]::new);
  }

  /**
   * Which fields there are is only known when all lines were seen, so files are read twice. The
   * cheaper function knows strict JSON alone.
   */
  private static List<String> fields(Dataset<Row> texts, Map<String, String> options) {
    Column lenient =
        map_keys(
            from_json(
                col(VALUE),
                DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType),
                options));
    return texts
        .select(explode(coalesce(json_object_keys(col(VALUE)), lenient)).as("key"))
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
        Texts.of(scan, isWhole)
            .read(scan, items)
            .filter(RecordFiles.fault().isNotNull().or(trim(col(VALUE)).notEqual("")))
            .withColumn(REST, rest(options));
    if (!isWhole) {
      return texts.withColumn(NUMBER, lit(null).cast(DataTypes.IntegerType));
    }
    Column parts = from_json(col(VALUE), DataTypes.createArrayType(DataTypes.StringType), options);
    Column objects =
        when(
                col(REST).isNull().and(ltrim(col(VALUE)).startsWith("[")),
                coalesce(parts, array(col(VALUE))))
            .otherwise(array(col(VALUE)));
    return texts.select(
        columns(Stream.of(posexplode(objects).as(new String[] {NUMBER, VALUE}), col(REST))));
  }

  /**
   * Spark reads the first value of a text and drops the rest. There is none where the first brace
   * that closes is the last character.
   */
  private static Column rest(Map<String, String> options) {
    Column isClosed = locate("}", col(VALUE)).equalTo(length(rtrim(col(VALUE))));
    return when(
        isClosed.equalTo(false),
        udf(new JsonRest(options), DataTypes.StringType).apply(col(VALUE)));
  }
}
