package io.sluice.lake.kept;

import io.sluice.lake.SqlParsing;
import io.sluice.sql.BatchVerdict;
import io.sluice.sql.Hint;
import io.sluice.sql.InputShape;
import io.sluice.sql.ParsedSql;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Spark's parser, and how often it was asked. */
final class CountingParsing implements SqlParsing {
  private int asked;

  int asked() {
    return asked;
  }

  @Override
  public ParsedSql read(String text, int firstLine) {
    asked++;
    return DIRECT.read(text, firstLine);
  }

  @Override
  public BatchVerdict batching(
      ParsedSql sql,
      Map<String, InputShape> inputs,
      Map<String, ParsedSql> views,
      Optional<String> intervalColumn) {
    asked++;
    return DIRECT.batching(sql, inputs, views, intervalColumn);
  }

  @Override
  public List<Hint> dateFilters(ParsedSql sql, Map<String, String> cutColumns) {
    asked++;
    return DIRECT.dateFilters(sql, cutColumns);
  }
}
