package io.sluice.source.jdbc;

import io.sluice.lake.SourceSpec;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.time.Cadence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a database says of a table's columns.
 *
 * @param times columns that can tell time
 * @param customSchema DDL of the columns whose type Spark is told
 * @param isText whether dates and times are kept as text: SQLite
 */
record TableFacts(
    List<String> names, Map<String, ByType> times, String customSchema, boolean isText) {

  /** The column that says which interval a row belongs to, as the database writes its name. */
  record ByColumn(String name, ByType type) {}

  static TableFacts of(Connection connection, SourceSpec.Jdbc jdbc) throws SQLException {
    // SQLite has no types of time; its driver guesses at declared ones and fails on other forms.
    boolean isText = jdbc.url().startsWith("jdbc:sqlite:");
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery(RowQuery.columnsOf(jdbc.from()))) {
      ResultSetMetaData columns = none.getMetaData();
      List<String> names = new ArrayList<>();
      List<String> told = new ArrayList<>();
      Map<String, ByType> times = new LinkedHashMap<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String name = columns.getColumnLabel(i);
        names.add(name);
        Optional<ByType> type = ByType.of(columns, i);
        if (isText && (type.isPresent() || columns.getColumnType(i) == Types.NUMERIC)) {
          times.put(name, ByType.TEXT);
        } else {
          type.ifPresent(known -> times.put(name, known));
        }
        // Spark takes a moment for a civil time where it is told to keep those.
        String toldType = isText ? "STRING" : "TIMESTAMP";
        if (type.filter(t -> isText ? t != ByType.TEXT : t == ByType.MOMENT).isPresent()) {
          told.add(DeclaredColumns.quoted(name) + " " + toldType);
        }
      }
      return new TableFacts(names, times, String.join(", ", told), isText);
    }
  }

  /**
   * @throws IllegalArgumentException where there is no such column, or it can't tell intervals
   */
  ByColumn by(String written, Cadence every) {
    String bare = written.replaceAll("^[\"`\\[]|[\"`\\]]$", "");
    String name =
        names.stream()
            .filter(n -> n.equals(bare))
            .findFirst()
            .or(() -> names.stream().filter(n -> n.equalsIgnoreCase(bare)).findFirst())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "by = %s: there is no such column; there are %s"
                            .formatted(written, String.join(", ", names))));
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
