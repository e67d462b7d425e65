package io.sluice.sql;

import org.apache.spark.sql.catalyst.parser.AstBuilder;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.SingleStatementContext;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A statement as Spark's parser sees it: the tree of its words and the plan built on it. Neither
 * leaves this package.
 */
record ParsedText(SingleStatementContext tree, LogicalPlan plan) {

  /**
   * @throws ParseException in spite of the missing declaration: Spark's is checked, but Scala
   *     declares none
   */
  static ParsedText of(String sql) {
    return CatalystSqlParser$.MODULE$.parse(sql, ParsedText::build);
  }

  private static ParsedText build(SqlBaseParser parser) {
    AstBuilder builder = CatalystSqlParser$.MODULE$.astBuilder();
    SingleStatementContext tree = parser.singleStatement();
    return new ParsedText(tree, builder.visitSingleStatement(tree));
  }
}
