package io.sluice.sql;

import java.util.Map;
import java.util.Optional;

/** Finds out whether days made by one task of some SQL can mix. */
public final class Batching {
  private Batching() {}

  /**
   * Same as {@link #analyse(ParsedSql, Map, Map, Optional)} for SQL that reads no views.
   *
   * @param inputs by the name that the SQL uses
   */
  public static BatchVerdict analyse(
      ParsedSql sql, Map<String, InputShape> inputs, Optional<String> intervalColumn) {
    return analyse(sql, inputs, Map.of(), intervalColumn);
  }

  /**
   * Says yes only where the rows of an interval are the same however many intervals are made with
   * it; where it cannot tell, it says no and names the operator.
   *
   * @param inputs by the name that the SQL uses, those that its views read included
   * @param views SQL that stands for a name, by that name
   * @param intervalColumn the output column that says which interval a row belongs to
   */
  public static BatchVerdict analyse(
      ParsedSql sql,
      Map<String, InputShape> inputs,
      Map<String, ParsedSql> views,
      Optional<String> intervalColumn) {
    return new BatchVerdict(false, "not analysed yet", sql.firstLine());
  }
}
