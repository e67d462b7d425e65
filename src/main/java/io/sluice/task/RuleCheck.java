package io.sluice.task;

import static org.apache.spark.sql.functions.expr;

import io.sluice.lake.Job;
import io.sluice.lake.Origin;
import io.sluice.lake.RowRule;
import io.sluice.lake.TableRule;
import io.sluice.transform.SqlErrors;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Finds rules that can't be asked of these rows before anything runs, all at once. */
final class RuleCheck {
  private final Dataset<Row> rows;
  private final List<String> problems = new ArrayList<>();

  private RuleCheck(Dataset<Row> rows) {
    this.rows = rows;
  }

  static void check(Job job, Dataset<Row> rows) {
    RuleCheck check = new RuleCheck(rows);
    for (RowRule rule : job.quality().expect()) {
      check.condition(rule.origin(), "expect." + rule.name(), rule.sql(), false);
    }
    for (TableRule rule : job.quality().require()) {
      check.table(rule);
    }
    if (!check.problems.isEmpty()) {
      throw TaskFailure.definite(String.join("; ", check.problems), Blame.COLUMNS);
    }
  }

  private void table(TableRule rule) {
    String name = "require." + rule.name();
    if (rule instanceof TableRule.Sql condition) {
      condition(rule.origin(), name, condition.sql(), true);
    } else if (rule instanceof TableRule.Unique unique) {
      unique.columns().forEach(column -> column(rule.origin(), name, column));
    } else if (rule instanceof TableRule.NotNull notNull) {
      notNull.columns().forEach(column -> column(rule.origin(), name, column));
    } else if (rule instanceof TableRule.References references) {
      column(rule.origin(), name, references.column());
    }
  }

  private void column(Origin at, String rule, String column) {
    if (!RawRows.has(rows, column)) {
      problems.add(
          "%s: %s: no column %s; there are %s"
              .formatted(at, rule, column, String.join(", ", rows.columns())));
    }
  }

  private void condition(Origin at, String rule, String sql, boolean aggregate) {
    try {
      DataType type = type(sql, aggregate);
      if (!type.equals(DataTypes.BooleanType)) {
        problems.add(
            "%s: %s: %s is %s; write a condition, as in amount >= 0"
                .formatted(at, rule, sql, type.sql()));
      }
    } catch (AnalysisException e) {
      problems.add("%s: %s: %s".formatted(at, rule, SqlErrors.explain(e)));
    }
  }

  // Spark throws AnalysisException without declaring it.
  private DataType type(String sql, boolean aggregate) throws AnalysisException {
    Dataset<Row> asked =
        aggregate ? rows.groupBy().agg(expr(sql).as("met")) : rows.select(expr(sql).as("met"));
    return asked.schema().fields()[0].dataType();
  }
}
