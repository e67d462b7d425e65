package io.sluice.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/** The versions that an scd2 table holds, in the form in which a fold changes them, and back. */
record Scd2Stored(KeyedTable table, Scd2Columns columns) {

  /** All of them, with NULL in the columns that the table lacks. */
  Dataset<Row> versions() {
    if (table.old().isEmpty()) {
      return table.empty(VersionFold.versions(columns.key(), columns.values()));
    }
    DataType time = columns.timeType();
    DataType interval = columns.intervalType();
    List<Column> form = new ArrayList<>(List.of(Columns.columns(columns.key())));
    form.add(Moments.number(Versions.FROM, time).as(Versions.FROM));
    form.add(Moments.number(Versions.TO, time).as(Versions.TO));
    form.add(Moments.number(Versions.OPENED, interval).as(Versions.OPENED));
    form.add(Moments.number(Versions.CLOSED, interval).as(Versions.CLOSED));
    form.add(
        expr("transform(%s, x -> named_struct('interval', x.interval, 'to', x.to, 'closed', x.closed, 'row', %s))"
                .formatted(Versions.PAST, values("x.row.")))
            .as(Versions.PAST));
    form.add(expr(values("")).as(VersionFold.VALUES));
    return table.at(table.write().base().getAsLong()).select(form.toArray(new Column[0]));
  }

  private String values(String prefix) {
    List<String> parts = new ArrayList<>();
    for (StructField field : columns.values().fields()) {
      String name = Columns.quoted(field.name());
      boolean known =
          TableShape.find(table.old().orElseThrow().columns(), field.name()).isPresent();
      parts.add("'%s'".formatted(field.name()));
      parts.add(known ? prefix + name : "cast(NULL AS %s)".formatted(field.dataType().sql()));
    }
    return "named_struct(%s)".formatted(String.join(", ", parts));
  }

  /**
   * Of the keys that have changes, or something to take back, or may be absent.
   *
   * @param first number of the first interval that is taken back
   */
  Dataset<Row> affected(Dataset<Row> versions, Dataset<Row> changes, long first) {
    Column[] key = Columns.columns(columns.key());
    Column later =
        col(Versions.OPENED)
            .geq(first)
            .or(col(Versions.CLOSED).geq(first))
            .or(expr("exists(%s, x -> x.interval >= %dL)".formatted(Versions.PAST, first)));
    if (columns.spec().closeAbsent()) {
      later = later.or(isCurrent());
    }
    Dataset<Row> keys =
        changes.select(key).union(versions.where(later).select(key)).distinct().alias("k");
    Column same = lit(true);
    for (String name : columns.key().fieldNames()) {
      same =
          same.and(col("v." + Columns.quoted(name)).eqNullSafe(col("k." + Columns.quoted(name))));
    }
    return versions.alias("v").join(keys, same, "left_semi");
  }

  /** Versions as the table holds them, and whether each is gone. */
  Dataset<Row> rows(Dataset<Row> versions) {
    DataType time = columns.timeType();
    DataType interval = columns.intervalType();
    List<Column> form = new ArrayList<>(List.of(Columns.columns(columns.key())));
    for (StructField field : columns.values().fields()) {
      form.add(col(VersionFold.VALUES + "." + Columns.quoted(field.name())).as(field.name()));
    }
    form.add(Moments.moment(Versions.FROM, time).as(Versions.FROM));
    form.add(Moments.moment(Versions.TO, time).as(Versions.TO));
    form.add(isCurrent().as(Versions.CURRENT));
    form.add(Moments.moment(Versions.OPENED, interval).as(Versions.OPENED));
    form.add(Moments.moment(Versions.CLOSED, interval).as(Versions.CLOSED));
    form.add(col(Versions.PAST));
    form.add(col(VersionFold.GONE));
    List<StructField> hashed = new ArrayList<>(List.of(columns.key().fields()));
    hashed.add(columns.from());
    return versions
        .select(form.toArray(new Column[0]))
        .withColumn(columns.surrogate(), RowHash.of("", hashed));
  }

  private Column isCurrent() {
    return col(Versions.TO).equalTo(Versions.openEnd(columns.timeType()));
  }
}
