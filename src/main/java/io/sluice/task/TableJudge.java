package io.sluice.task;

import io.sluice.lake.Job;
import io.sluice.lake.TableName;
import io.sluice.quality.IntervalColumn;
import io.sluice.quality.TableSql;
import io.sluice.quality.Violation;
import io.sluice.table.StagedRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Asks the table rules of staged rows, in one Spark job at most. */
final class TableJudge {
  private static final String STAGED = "sluice_staged";

  private final Job job;
  private final PinnedInputs inputs;

  TableJudge(Job job, PinnedInputs inputs) {
    this.job = job;
    this.inputs = inputs;
  }

  List<Violation> violations(StagedRows staged, IntervalColumn interval) {
    TableSql sql = new TableSql(job.quality().require(), interval);
    List<Violation> found = new ArrayList<>(sql.ofCounts(staged.counts()));
    Map<TableName, String> views = new HashMap<>();
    sql.query(STAGED, table -> views.computeIfAbsent(table, this::view))
        .ifPresent(
            query -> {
              staged.rows().createOrReplaceTempView(STAGED);
              // An answer for each interval that breaks a rule, never a row of data.
              for (Row row : inputs.spark().sql(query).collectAsList()) {
                found.add(
                    sql.violation(
                        row.getLong(0),
                        row.getInt(1),
                        row.getLong(2),
                        row.isNullAt(3) ? "NULL" : row.getString(3)));
              }
            });
    found.sort(Comparator.comparing(Violation::interval).thenComparing(Violation::rule));
    return found;
  }

  private String view(TableName table) {
    String name = "sluice_" + table.toString().replace('.', '_');
    inputs.referenced(table).createOrReplaceTempView(name);
    return name;
  }
}
