package io.sluice.task;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.table.Tables;
import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Makes a job's rows to be looked at; publishes nothing. */
public final class Preview {
  private static final int EXAMPLES = 3;

  private final SparkSession spark;
  private final Lake lake;
  private final Tables tables;
  private final Feeds feeds;

  public Preview(SparkSession spark, Lake lake, Tables tables, Feeds feeds) {
    this.spark = spark;
    this.lake = lake;
    this.tables = tables;
    this.feeds = feeds;
  }

  /**
   * The rows that a task of these intervals would judge by its rules; nothing runs yet.
   *
   * @throws TaskFailure in one line, where they can't be made
   */
  public Dataset<Row> rows(Job job, List<Interval> intervals) {
    SparkSession session = TaskSession.open(spark, lake, job);
    try {
      MadeRows made = MadeRows.of(lake, tables, feeds, job, session, intervals, false);
      return new RuledRows(session, job, intervals, made.rows()).within();
    } catch (RuntimeException e) {
      throw TaskFailure.of(job, e);
    } finally {
      SparkSession.clearActiveSession();
    }
  }

  /**
   * Makes the intervals as one task and each as its own, from the same versions, and compares the
   * rows as multisets.
   */
  public BatchProof prove(Job job, List<Interval> intervals) {
    if (job.readsItself() || job.making() instanceof Making.FromSource) {
      throw TaskFailure.definite(
          job.readsItself()
              ? "%s reads its own table: an interval needs those before it published, so its tasks have one interval"
                  .formatted(job.name())
              : "%s comes from a source, whose rows never mix; there is nothing to prove"
                  .formatted(job.name()));
    }
    SparkSession session = TaskSession.open(spark, lake, job);
    try {
      PinnedInputs inputs = PinnedInputs.pin(lake, job, tables, session, intervals);
      Dataset<Row> together = rows(job, inputs, intervals);
      Dataset<Row> apart =
          intervals.stream()
              .map(interval -> rows(job, inputs.only(List.of(interval)), List.of(interval)))
              .reduce(Dataset::unionByName)
              .orElseThrow();
      return new BatchProof(
          examples(together.exceptAll(apart)), examples(apart.exceptAll(together)));
    } finally {
      SparkSession.clearActiveSession();
    }
  }

  private Dataset<Row> rows(Job job, PinnedInputs inputs, List<Interval> intervals) {
    Dataset<Row> made = MadeRows.transformed(lake, job, inputs);
    return new RuledRows(inputs.spark(), job, intervals, made).within();
  }

  private static List<String> examples(Dataset<Row> rows) {
    List<String> examples = new ArrayList<>();
    rows.toJSON().takeAsList(EXAMPLES).forEach(examples::add);
    return examples;
  }

  /**
   * Whether batching changes the rows.
   *
   * @param together some rows, as JSON, that only the task of all intervals makes
   * @param apart some rows that only tasks of one interval make
   */
  public record BatchProof(List<String> together, List<String> apart) {
    public BatchProof {
      together = List.copyOf(together);
      apart = List.copyOf(apart);
    }

    public boolean isEqual() {
      return together.isEmpty() && apart.isEmpty();
    }
  }
}
