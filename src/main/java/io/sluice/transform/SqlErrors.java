package io.sluice.transform;

import io.sluice.lake.Origin;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;

/** Says what Spark says of wrong SQL in one line: where, what, and what to do. */
public final class SqlErrors {
  private SqlErrors() {}

  static String explain(SqlText sql, AnalysisException error) {
    Origin at = error.line().isDefined() ? sql.line((Integer) error.line().get()) : sql.line(1);
    return at + ": " + explain(error);
  }

  /** What is wrong and what to do, without a place. */
  public static String explain(AnalysisException error) {
    Map<String, String> said = error.getMessageParameters();
    String kind = error.getErrorClass() == null ? "" : error.getErrorClass();
    if (kind.startsWith("UNRESOLVED_COLUMN") && said.containsKey("objectName")) {
      String known = said.getOrDefault("proposal", "");
      return "column %s not found; %s"
          .formatted(
              said.get("objectName"), known.isEmpty() ? "correct the name" : "there are " + known);
    }
    if (kind.startsWith("TABLE_OR_VIEW_NOT_FOUND")) {
      return "table %s not found; name a table of the lake, as in raw.sales"
          .formatted(said.getOrDefault("relationName", ""));
    }
    if (kind.startsWith("UNBOUND_SQL_PARAMETER")) {
      return "parameter :%s has no value; set it in `params`".formatted(said.get("name"));
    }
    return firstLine(error.message()) + "; correct the SQL";
  }

  private static String firstLine(String message) {
    String line = message.strip().lines().findFirst().orElse("").strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
