package io.sluice.source.columns;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.sluice.api.SourceRows;
import io.sluice.lake.SourceSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Gives received columns their declared names and types, and each row its verdict. */
public final class DeclaredColumns {

  private final List<TypedColumn> columns;
  private final String where;

  /**
   * @param options of the reader: {@code timestampFormat} and {@code dateFormat} are of use here
   * @param where file and line of the definition
   * @throws IllegalArgumentException where a type is none
   */
  public DeclaredColumns(
      List<SourceSpec.Column> columns, Map<String, String> options, String where) {
    this.columns = columns.stream().map(column -> TypedColumn.of(column, options)).toList();
    this.where = where;
  }

  /**
   * Where a row came from.
   *
   * @param interval TIMESTAMP_NTZ
   * @param source STRING
   * @param receivedAt TIMESTAMP
   * @param broken STRING: why the row could not be taken apart; NULL where it could
   * @param raw STRING: the row as received; asked for rejected rows only
   * @param place STRING: where in the source the row is, for rows with a value of a wrong type;
   *     NULL where that is not known
   */
  public record Facts(
      Column interval, Column source, Column receivedAt, Column broken, Column raw, Column place) {

    /** Of rows that don't know their place. */
    public Facts(Column interval, Column source, Column receivedAt, Column broken, Column raw) {
      this(interval, source, receivedAt, broken, raw, noText());
    }
  }

  /** Whether a row that could be taken apart may still be turned away. */
  public boolean mayTurnAway() {
    return columns.stream()
        .anyMatch(column -> column.isTyped() && !column.type().equals(DataTypes.StringType));
  }

  /**
   * @param received names of the scan's columns that the feed sent, in order
   * @param from where, for people: a file or table
   * @throws ColumnsException where a received column can't be one of a table
   */
  public Dataset<Row> rows(Dataset<Row> scan, List<String> received, Facts facts, String from) {
    Map<String, TypedColumn> declared = match(received);
    List<String> names = named(received);
    ColumnNames.check(names, received, from, where);

    List<Column> shown = new ArrayList<>();
    List<Column> faults = new ArrayList<>();
    StructType schema = scan.schema();
    for (String name : received) {
      Column value = col(quoted(name));
      TypedColumn column = declared.get(name);
      if (column == null) {
        shown.add(value.as(name));
      } else {
        DataType type = schema.apply(name).dataType();
        shown.add(column.read(name, type).as(column.name()));
        column.fault(name, type).ifPresent(faults::add);
      }
    }
    for (TypedColumn column : columns) {
      if (!declared.containsValue(column)) {
        shown.add(column.nothing().as(column.name()));
      }
    }
    Column rejected = rejected(facts, faults);
    shown.add(facts.interval().as(SourceRows.INTERVAL));
    shown.add(facts.source().as(SourceRows.SOURCE));
    shown.add(facts.receivedAt().as(SourceRows.RECEIVED_AT));
    shown.add(rejected.as(SourceRows.REJECTED));
    shown.add(when(rejected.isNotNull(), facts.raw()).as(SourceRows.RAW));
    return scan.select(shown.toArray(Column[]::new));
  }

  /** The names that received columns have in the rows. */
  public List<String> named(List<String> received) {
    Map<String, TypedColumn> declared = match(received);
    return received.stream()
        .map(name -> declared.containsKey(name) ? declared.get(name).name() : name)
        .toList();
  }

  private static Column rejected(Facts facts, List<Column> faults) {
    Column broken = facts.broken();
    if (faults.isEmpty()) {
      return broken;
    }
    // The texts are only put together for a row that has a fault.
    Column any = coalesce(faults.toArray(Column[]::new)).isNotNull();
    return when(broken.isNotNull(), broken)
        .when(any, concat_ws(": ", facts.place(), concat_ws("; ", faults.toArray(Column[]::new))));
  }

  /** By received name; a name that differs only in case is taken where there is no better one. */
  private Map<String, TypedColumn> match(List<String> received) {
    Map<String, TypedColumn> matched = new LinkedHashMap<>();
    for (TypedColumn column : columns) {
      received.stream()
          .filter(name -> name.equals(column.received()))
          .findFirst()
          .or(
              () ->
                  received.stream()
                      .filter(name -> name.equalsIgnoreCase(column.received()))
                      .findFirst())
          .ifPresent(name -> matched.putIfAbsent(name, column));
    }
    return matched;
  }

  /** No rows, with the columns that are known without any. */
  public Dataset<Row> none(SparkSession spark) {
    return none(spark, new StructType());
  }

  /**
   * No rows, with the columns that are known without any.
   *
   * @param always columns that the feed has whatever it sends
   */
  public Dataset<Row> none(SparkSession spark, StructType always) {
    Map<String, TypedColumn> declared = match(List.of(always.fieldNames()));
    StructType schema = new StructType();
    for (StructField field : always.fields()) {
      if (!declared.containsKey(field.name())) {
        schema = schema.add(field);
      }
    }
    for (TypedColumn column : columns) {
      schema = schema.add(column.name(), column.type());
    }
    return spark.createDataFrame(
        List.<Row>of(),
        schema
            .add(SourceRows.INTERVAL, DataTypes.TimestampNTZType)
            .add(SourceRows.SOURCE, DataTypes.StringType)
            .add(SourceRows.RECEIVED_AT, DataTypes.TimestampType)
            .add(SourceRows.REJECTED, DataTypes.StringType)
            .add(SourceRows.RAW, DataTypes.StringType));
  }

  /** Whether a received name is one, and not bytes that are no characters. */
  public static boolean isText(String name) {
    return !ColumnNames.isNoText(name);
  }

  /** NULL as a STRING. */
  public static Column noText() {
    return lit(null).cast(DataTypes.StringType);
  }

  /** A column's name as Spark's SQL takes it, whatever is in it. */
  public static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
