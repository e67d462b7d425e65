package io.sluice.source.jdbc;

import java.sql.Types;
import java.util.Optional;

/** What one kind of database needs, so that its values arrive as they are. */
interface Dialect {

  static Dialect of(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return new PostgresDialect();
    }
    if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
      return new MariaDialect();
    }
    if (url.startsWith("jdbc:h2:")) {
      return new H2Dialect();
    }
    return url.startsWith("jdbc:sqlite:") ? new SqliteDialect() : new OtherDialect();
  }

  Reading reading(ReceivedColumn column);

  /** How a column tells time; empty where it can't. */
  default Optional<ByType> time(ReceivedColumn column) {
    return ByType.of(column);
  }

  /** A name as it is, whatever is in it; empty where the way to write that is not known. */
  default Optional<String> quoted(String name) {
    return Optional.of("\"" + name.replace("\"", "\"\"") + "\"");
  }

  /** What each new connection is told, so that nothing depends on where a reader runs. */
  default Optional<String> greeting() {
    return Optional.empty();
  }

  /** Whether dates and times are kept as text. */
  default boolean hasNoTimes() {
    return false;
  }

  /** A database that nobody tried: as Spark reads it. */
  record OtherDialect() implements Dialect {
    @Override
    public Reading reading(ReceivedColumn column) {
      // Spark takes a moment for a civil time where it is told to keep those.
      return time(column).filter(type -> type == ByType.MOMENT).isPresent()
          ? Reading.as("TIMESTAMP")
          : Reading.AS_IT_IS;
    }

    @Override
    public Optional<String> quoted(String name) {
      return Optional.empty();
    }
  }

  /** Whether it is characters, of whatever length. */
  static boolean isText(ReceivedColumn column) {
    return switch (column.type()) {
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB ->
          true;
      default -> false;
    };
  }

  static boolean isBytes(ReceivedColumn column) {
    return switch (column.type()) {
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> true;
      default -> false;
    };
  }
}
