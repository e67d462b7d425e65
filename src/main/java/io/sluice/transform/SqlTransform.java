package io.sluice.transform;

import io.sluice.api.TaskContext;
import io.sluice.api.Transform;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.Origin;
import io.sluice.lake.TableName;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.SqlTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Makes a job's rows by its SQL; the views that it reads stand in it as if they were written there.
 */
public final class SqlTransform implements Transform {

  /** The relation of the task's intervals: {@code (starts, ends)}. */
  public static final String INTERVALS = "intervals";

  private final Lake lake;
  private final Job job;

  public SqlTransform(Lake lake, Job job) {
    this.lake = lake;
    this.job = job;
  }

  @Override
  public Dataset<Row> apply(TaskContext task) {
    task.spark().sql(intervals(task.intervals())).createOrReplaceTempView(INTERVALS);
    Map<String, Dataset<Row>> views = new HashMap<>();
    Function<String, Optional<Dataset<Row>>> tables =
        name -> Optional.ofNullable(views.get(name)).or(() -> input(task, name));
    for (TableName view : job.views()) {
      views.put(view.toString(), rows(task, lake.job(view), tables));
    }
    return rows(task, job, tables);
  }

  private Dataset<Row> rows(
      TaskContext task, Job part, Function<String, Optional<Dataset<Row>>> tables) {
    return new SqlQuery(task.spark(), tables, params(part, task.intervals())).rows(text(part));
  }

  private Optional<Dataset<Row>> input(TaskContext task, String name) {
    return TableName.parse(name).filter(job.inputs()::containsKey).map(t -> task.input(name));
  }

  private Map<String, String> params(Job part, List<Interval> intervals) {
    Map<String, String> params = new HashMap<>(part.params());
    Cadence every = job.every();
    params.put("from", SqlTime.literal(intervals.get(0).from(), every));
    params.put("to", SqlTime.literal(intervals.get(intervals.size() - 1).to(), every));
    return params;
  }

  private String intervals(List<Interval> intervals) {
    return intervals.stream()
        .map(
            interval ->
                "(%s, %s)"
                    .formatted(
                        SqlTime.literal(interval.from(), job.every()),
                        SqlTime.literal(interval.to(), job.every())))
        .collect(Collectors.joining(", ", "SELECT * FROM VALUES ", " AS t(starts, ends)"));
  }

  /** A job's SQL and its place. */
  public static SqlText text(Job job) {
    if (job.making() instanceof Making.FromSql making) {
      return new SqlText(
          making.sql().text(), new Origin(job.origin().file(), making.sql().firstLine()));
    }
    throw new IllegalArgumentException(job.name() + " is not made by SQL");
  }
}
