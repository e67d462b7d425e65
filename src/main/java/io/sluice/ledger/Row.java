package io.sluice.ledger;

import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The current row of a result, in the ledger's types. */
record Row(ResultSet rows) {

  String text(String column) throws SQLException {
    return rows.getString(column);
  }

  Optional<String> optionalText(String column) throws SQLException {
    return Optional.ofNullable(rows.getString(column));
  }

  long number(String column) throws SQLException {
    return rows.getLong(column);
  }

  Optional<Long> optionalNumber(String column) throws SQLException {
    long number = rows.getLong(column);
    return rows.wasNull() ? Optional.empty() : Optional.of(number);
  }

  Instant instant(String column) throws SQLException {
    return Instant.parse(rows.getString(column));
  }

  Optional<Instant> optionalInstant(String column) throws SQLException {
    return optionalText(column).map(Instant::parse);
  }

  /** Of the columns {@code from_at} and {@code to_at}. */
  Interval interval() throws SQLException {
    return Codec.interval(rows.getString("from_at"), rows.getString("to_at"));
  }

  IntervalSet intervals(String column) throws SQLException {
    return Codec.intervals(rows.getString(column));
  }
}
