package io.sluice.lake;

import io.sluice.config.Section;
import io.sluice.sql.ParsedSql;
import io.sluice.sql.SqlProblem;

/** Checks SQL expressions that stand in settings. */
record RuleSql(SqlParsing parsing) {

  /** Says what is wrong with a type that has others or numbers in it. */
  void checkType(Section section, String key, String type) {
    try {
      parsing.read("SELECT CAST(NULL AS %s)".formatted(type), 1);
    } catch (SqlProblem e) {
      section.wrong(key, "'%s' is not a type: %s".formatted(type, e.getMessage()));
    }
  }

  /** Says what is wrong with an expression over a row, or over the rows of an interval. */
  void check(Section section, String key, String expression) {
    try {
      ParsedSql parsed = parsing.read("SELECT " + expression, 1);
      if (!parsed.tables().isEmpty()) {
        section.wrong(
            key,
            "a condition sees only the columns of its own table, not %s; join in the job's SQL"
                .formatted(parsed.tables().get(0).name()));
      }
      if (!parsed.parameters().isEmpty()) {
        section.wrong(key, "a condition sees no :params; write the value itself");
      }
    } catch (SqlProblem e) {
      section.wrong(key, "'%s': %s".formatted(expression, e.getMessage()));
    }
  }
}
