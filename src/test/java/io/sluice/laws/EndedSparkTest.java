package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.TaskContext;
import io.sluice.api.Transform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark ends in the midst of a run: the run ends too, and the next one makes what is left. */
class EndedSparkTest {
  private static final String JOB =
      """
      java = "io.sluice.laws.EndedSparkTest$Ending"
      inputs { raw.sale {} }
      partition-by = day
      """;

  @TempDir Path folder = Path.of("");

  @Test
  void nothingMoreIsBegunAndTheNextRunMakesTheRest() throws Exception {
    TestLake lake =
        SaleLake.at(folder).file("jobs/raw/sale.conf", SaleLake.RAW + "end = 2011-01-03\n");
    lake.run("--select", "raw.sale");
    String sql = Files.readString(folder.resolve("jobs/analysis/line.sql"));
    lake.remove("jobs/analysis/line.sql")
        .file("jobs/analysis/line.conf", JOB)
        .file("jobs/analysis/other.conf", JOB)
        .file(
            "conf/lake.conf",
            "name = test\nparallel = 2\nspark { \"spark.master\" = \"local[2]\" }\n");

    List<String> screen;
    try (ChildRun child = ChildRun.start(lake.folder())) {
      screen = child.screen();
      assertEquals(1, child.exit(), screen::toString);
    }

    String last = screen.get(screen.size() - 1);
    assertTrue(last.contains("failed (transient): the Spark context ended"), last);
    assertEquals(
        List.of("failed transient", "failed transient", "made "),
        lake.attempts().stream()
            .map(attempt -> attempt.state() + " " + attempt.failureClass())
            .sorted()
            .toList());

    lake.remove("jobs/analysis/line.conf")
        .remove("jobs/analysis/other.conf")
        .file("jobs/analysis/line.sql", sql);
    lake.run();
    assertEquals(
        List.of("2011-01-01|2|3", "2011-01-02|2|7", "2011-01-03|2|11"),
        lake.rows("aggregate.daily"));
    assertEquals("", lake.plan());
  }

  /** Stops Spark when two tasks have a job of it at work. */
  public static final class Ending implements Transform {
    private static final CountDownLatch AT_WORK = new CountDownLatch(2);

    @Override
    public Dataset<Row> apply(TaskContext task) {
      SparkContext spark = task.spark().sparkContext();
      Thread end =
          new Thread(
              () -> {
                await(AT_WORK);
                spark.stop();
              });
      end.setDaemon(true);
      end.start();
      JavaSparkContext.fromSparkContext(spark)
          .parallelize(List.of(1), 1)
          .foreach(
              one -> {
                AT_WORK.countDown();
                await(new CountDownLatch(1));
              });
      return task.input("raw.sale").selectExpr("code", "amount", "day");
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
