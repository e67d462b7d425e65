package io.sluice.source.nosql;

import io.sluice.lake.SourceSpec;
import io.sluice.time.Cadence;
import io.sluice.time.LakeTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table's columns, as the connector tells them.
 *
 * @param key the partition key's columns
 */
record CassandraTypes(StructType columns, List<String> key) {

  CassandraTypes {
    key = List.copyOf(key);
  }

  static CassandraTypes of(Table table) {
    return new CassandraTypes(
        table.schema(),
        Stream.of(table.partitioning())
            .flatMap(part -> Stream.of(part.references()))
            .map(column -> String.join(".", column.fieldNames()))
            .toList());
  }

  /**
   * @throws IllegalArgumentException where there is no such column, or it can't tell intervals
   */
  CassandraFilter filter(String by, Cadence every, LakeTime time) {
    DataType type =
        type(by)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "by = %s: there is no such column; there are %s"
                            .formatted(by, String.join(", ", columns.fieldNames()))));
    boolean isDate = type.equals(DataTypes.DateType);
    if (!isDate && !type.equals(DataTypes.TimestampType)) {
      throw new IllegalArgumentException(
          "by = %s: the column is neither date nor timestamp".formatted(by));
    }
    if (isDate && every == Cadence.HOUR) {
      throw new IllegalArgumentException(
          "by = %s: a date does not tell one hour from the next; use a timestamp column, or every = day"
              .formatted(by));
    }
    return new CassandraFilter(by, isDate, key.equals(List.of(by)), every, time);
  }

  private Optional<DataType> type(String name) {
    return Stream.of(columns.fields())
        .filter(field -> field.name().equals(name))
        .findFirst()
        .map(StructField::dataType);
  }

  /** Declared columns, and those whose text has a type of its own: days and moments. */
  List<SourceSpec.Column> typed(List<SourceSpec.Column> declared) {
    List<SourceSpec.Column> typed = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (SourceSpec.Column column : declared) {
      Optional<String> own =
          Stream.of(columns.fieldNames())
              .filter(name -> name.equalsIgnoreCase(column.received()))
              .findFirst();
      own.ifPresent(known::add);
      typed.add(
          new SourceSpec.Column(
              column.received(),
              column.name(),
              column.type().or(() -> own.flatMap(this::type).flatMap(CassandraTypes::ofText))));
    }
    for (StructField field : columns.fields()) {
      if (!known.contains(field.name())) {
        ofText(field.dataType())
            .ifPresent(
                type ->
                    typed.add(
                        new SourceSpec.Column(field.name(), field.name(), Optional.of(type))));
      }
    }
    return typed;
  }

  private static Optional<String> ofText(DataType type) {
    boolean isTime = type.equals(DataTypes.DateType) || type.equals(DataTypes.TimestampType);
    return isTime ? Optional.of(type.sql()) : Optional.empty();
  }
}
