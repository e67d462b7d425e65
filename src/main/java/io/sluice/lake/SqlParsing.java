package io.sluice.lake;

import io.sluice.sql.BatchVerdict;
import io.sluice.sql.Batching;
import io.sluice.sql.DateFilters;
import io.sluice.sql.Hint;
import io.sluice.sql.InputShape;
import io.sluice.sql.ParsedSql;
import io.sluice.sql.SqlReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What loading asks of SQL; a seam, so that answers can be kept between processes. */
public interface SqlParsing {
  /** Asks Spark's parser each time. */
  SqlParsing DIRECT =
      new SqlParsing() {
        @Override
        public ParsedSql read(String text, int firstLine) {
          return SqlReader.read(text, firstLine);
        }

        @Override
        public BatchVerdict batching(
            ParsedSql sql,
            Map<String, InputShape> inputs,
            Map<String, ParsedSql> views,
            Optional<String> intervalColumn) {
          return Batching.analyse(sql, inputs, views, intervalColumn);
        }

        @Override
        public List<Hint> dateFilters(ParsedSql sql, Map<String, String> cutColumns) {
          return DateFilters.find(sql, cutColumns);
        }
      };

  /**
   * @throws io.sluice.sql.SqlProblem where it is no SELECT
   */
  ParsedSql read(String text, int firstLine);

  BatchVerdict batching(
      ParsedSql sql,
      Map<String, InputShape> inputs,
      Map<String, ParsedSql> views,
      Optional<String> intervalColumn);

  List<Hint> dateFilters(ParsedSql sql, Map<String, String> cutColumns);
}
