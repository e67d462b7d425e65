package io.sluice.source.jdbc;

import io.sluice.lake.SourceSpec;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.time.Cadence;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a database says of a table's columns, and how they are read.
 *
 * @param times columns that can tell time
 */
record TableFacts(Dialect dialect, List<ReceivedColumn> columns, Map<String, ByType> times) {

  /** The split column as it is, where what is read of it is something else. */
  static final String SPLIT = "sluice_split";

  TableFacts {
    columns = List.copyOf(columns);
  }

  /** The column that says which interval a row belongs to, as the database writes its name. */
  record ByColumn(String name, ByType type) {}

  static TableFacts of(Statement statement, SourceSpec.Jdbc jdbc) throws SQLException {
    Dialect dialect = Dialect.of(jdbc.url());
    try (ResultSet none = statement.executeQuery(RowQuery.columnsOf(jdbc.from()))) {
      ResultSetMetaData told = none.getMetaData();
      List<ReceivedColumn> columns = new ArrayList<>();
      Map<String, ByType> times = new LinkedHashMap<>();
      for (int i = 1; i <= told.getColumnCount(); i++) {
        ReceivedColumn column = ReceivedColumn.of(told, i);
        columns.add(column);
        dialect.time(column).ifPresent(type -> times.put(column.name(), type));
      }
      return new TableFacts(dialect, columns, times);
    }
  }

  /** What is selected. */
  String select(Optional<String> split) {
    List<String> selected = new ArrayList<>();
    for (ReceivedColumn column : columns) {
      Optional<String> quoted = dialect.quoted(column.name());
      if (quoted.isEmpty()) {
        return "*";
      }
      selected.add(dialect.reading(column).of(quoted.get()));
    }
    split.ifPresent(column -> selected.add(column + " AS " + SPLIT));
    return String.join(", ", selected);
  }

  /** DDL of the columns whose type Spark is told. */
  String customSchema(Optional<String> split) {
    Stream<String> told =
        columns.stream()
            .flatMap(
                column ->
                    dialect.reading(column).told().stream()
                        .map(type -> DeclaredColumns.quoted(column.name()) + " " + type));
    // Never read, but Spark looks at its type.
    return Stream.concat(told, split.stream().map(column -> SPLIT + " STRING"))
        .collect(Collectors.joining(", "));
  }

  /** Declared columns, and those whose text has a type of its own. */
  List<SourceSpec.Column> typed(List<SourceSpec.Column> declared) {
    List<SourceSpec.Column> all = new ArrayList<>();
    Set<String> typed = new HashSet<>();
    for (SourceSpec.Column column : declared) {
      Optional<String> own =
          names().stream()
              .filter(name -> name.equals(column.received()))
              .findFirst()
              .or(
                  () ->
                      names().stream()
                          .filter(name -> name.equalsIgnoreCase(column.received()))
                          .findFirst());
      own.ifPresent(typed::add);
      all.add(
          new SourceSpec.Column(
              column.received(),
              column.name(),
              column.type().or(() -> own.flatMap(this::typeOfText))));
    }
    for (String name : names()) {
      if (!typed.contains(name)) {
        typeOfText(name)
            .ifPresent(type -> all.add(new SourceSpec.Column(name, name, Optional.of(type))));
      }
    }
    return all;
  }

  private Optional<String> typeOfText(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .flatMap(column -> dialect.reading(column).type());
  }

  private List<String> names() {
    return columns.stream().map(ReceivedColumn::name).toList();
  }

  /** Columns of a type, by the name that the database has for it. */
  List<String> ofType(String typeName) {
    return columns.stream()
        .filter(column -> column.typeName().equalsIgnoreCase(typeName))
        .map(ReceivedColumn::name)
        .toList();
  }

  /**
   * @throws IllegalArgumentException where there is no such column, or it can't tell intervals
   */
  ByColumn by(String written, Cadence every) {
    String bare = written.replaceAll("^[\"`\\[]|[\"`\\]]$", "");
    String name =
        names().stream()
            .filter(n -> n.equals(bare))
            .findFirst()
            .or(() -> names().stream().filter(n -> n.equalsIgnoreCase(bare)).findFirst())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "by = %s: there is no such column; there are %s"
                            .formatted(written, String.join(", ", names()))));
    ByType type = times.get(name);
    if (type == null) {
      throw new IllegalArgumentException(
          "by = %s: the column is neither DATE nor TIMESTAMP nor ISO text".formatted(written));
    }
    if (type == ByType.DATE && every == Cadence.HOUR) {
      throw new IllegalArgumentException(
          "by = %s: a DATE does not tell one hour from the next; use a TIMESTAMP column, or every = day"
              .formatted(written));
    }
    return new ByColumn(name, type);
  }
}
