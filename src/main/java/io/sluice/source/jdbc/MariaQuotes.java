package io.sluice.source.jdbc;

import java.util.Locale;
import org.apache.spark.sql.jdbc.JdbcDialect;
import org.apache.spark.sql.jdbc.JdbcDialects;

/**
 * How Spark writes names for MariaDB. Without it, Spark 3.5 takes {@code jdbc:mariadb:} for a
 * database in general and writes {@code "name"}, which is a text there: each row would hold the
 * names of its columns.
 */
final class MariaQuotes extends JdbcDialect {
  private static final long serialVersionUID = 1;
  private static final MariaQuotes ONE = new MariaQuotes();

  /** For all of this JVM's sessions; more than once does no harm. */
  static void register() {
    JdbcDialects.registerDialect(ONE);
  }

  @Override
  public boolean canHandle(String url) {
    return url.toLowerCase(Locale.ROOT).startsWith("jdbc:mariadb:");
  }

  @Override
  public String quoteIdentifier(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
