package io.sluice.api;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Makes the rows of a task in Java instead of SQL. The class has a public constructor without
 * parameters and is named in the definition: {@code java = com.acme.Sessionize}.
 *
 * <pre>{@code
 * public final class Sessionize implements Transform {
 *   public Dataset<Row> apply(TaskContext task) {
 *     return task.input("raw.access_log").transform(Sessions::mark);
 *   }
 * }
 * }</pre>
 *
 * The rows carry the job's interval column, so that each is known to belong to one of the task's
 * intervals; the same input gives the same rows, however the intervals are cut into tasks.
 */
@FunctionalInterface
public interface Transform {
  Dataset<Row> apply(TaskContext task);
}
