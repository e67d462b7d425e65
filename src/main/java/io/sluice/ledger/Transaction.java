package io.sluice.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements of one transaction; binds and reads the types that a ledger's rows are made of. */
record Transaction(Connection connection) {

  /** Turns the row that a result set stands on into a value. */
  interface RowReader<T> {
    T read(Row row) throws SQLException;
  }

  /**
   * @return how many rows it changed
   */
  int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  /** The same statement for each row of values. */
  void batch(String sql, List<Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Object[] values : rows) {
        bind(statement, values);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  <T> List<T> list(RowReader<T> reader, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        Row row = new Row(rows);
        while (rows.next()) {
          found.add(reader.read(row));
        }
      }
      return found;
    }
  }

  <T> Optional<T> first(RowReader<T> reader, String sql, Object... values) throws SQLException {
    return list(reader, sql, values).stream().findFirst();
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, stored(values[i]));
    }
  }

  private static @Nullable Object stored(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? stored(optional.get()) : null;
    }
    if (value instanceof Instant instant) {
      return Codec.text(instant);
    }
    return value instanceof LocalDateTime civil ? Codec.text(civil) : value;
  }
}
