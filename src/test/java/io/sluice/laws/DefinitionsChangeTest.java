package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.TaskContext;
import io.sluice.api.Transform;
import io.sluice.cli.Shell;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions that change under a lake, and ways of making rows other than a table's own SQL. */
class DefinitionsChangeTest {
  @TempDir Path folder = Path.of("");

  @Test
  void anAddedColumnIsAddedWhenItIsAskedForAndAChangedTypeIsRefusedWithTheCommand() {
    TestLake lake = SaleLake.at(folder);
    lake.run();
    lake.edit(
        "jobs/analysis/line.sql",
        sql -> sql.replace("amount, day", "amount, upper(code) AS big, day"));
    assertEquals("", lake.plan());
    assertEquals(
        """
        analysis.line | 3 | 2011-01-01 .. 2011-01-03 | definition changed
        aggregate.daily | 3 | 2011-01-01 .. 2011-01-03 | upstream (analysis.line)
        """,
        lake.plan("--changed"));
    lake.run("--changed");
    assertEquals(
        List.of("a|A", "a|A", "b|B", "b|B", "c|C", "c|C"),
        lake.rows("analysis.line", "code", "big"));
    assertEquals("", lake.plan("--changed"));

    lake.edit(
        "jobs/analysis/line.sql",
        sql -> sql.replace("amount,", "CAST(amount AS BIGINT) AS amount,"));
    List<String> before = lake.rows("analysis.line");
    Shell.Said said = lake.type("run", "--changed");
    assertEquals(1, said.exit(), said.out());
    assertTrue(
        said.lastLine().contains("backfill --select analysis.line")
            && said.lastLine().contains("--rebuild"),
        said.lastLine());
    assertEquals(before, lake.rows("analysis.line"));

    lake.backfill(
        "--select", "analysis.line", "--from", "2011-01-01", "--to", "2011-01-03", "--rebuild");
    assertEquals(
        "bigint", lake.table("analysis.line").schema().apply("amount").dataType().simpleString());
    assertEquals(
        before,
        lake.rows("analysis.line", "code", "amount", "day", "big").stream().sorted().toList());
    assertEquals("", lake.plan("--changed"));
  }

  @Test
  void aViewIsPutIntoItsReadersAndItsChangeIsTheirs() {
    TestLake lake =
        SaleLake.at(folder)
            .file(
                "jobs/analysis/large.sql",
                "/* sluice\n  write { mode = view }\n*/\nSELECT * FROM raw.sale WHERE amount >= 3")
            .file(
                "jobs/aggregate/large_count.sql",
                """
                /* sluice
                  partition-by = day
                */
                SELECT day, count(*) AS lines FROM analysis.large GROUP BY day
                """);
    lake.run();
    assertEquals(List.of("2011-01-02|2", "2011-01-03|2"), lake.rows("aggregate.large_count"));
    lake.land("2011-01-01.csv", "code,amount", "a,1", "b,20");
    lake.run();
    assertEquals(
        List.of("2011-01-01|1", "2011-01-02|2", "2011-01-03|2"),
        lake.rows("aggregate.large_count"));
    lake.edit("jobs/analysis/large.sql", sql -> sql.replace(">= 3", ">= 6"));
    assertEquals(
        "aggregate.large_count | 3 | 2011-01-01 .. 2011-01-03 | definition changed\n",
        lake.plan("--changed"));
    lake.run("--changed");
    assertEquals(List.of("2011-01-01|1", "2011-01-03|1"), lake.rows("aggregate.large_count"));
  }

  @Test
  void aJavaClassMakesRowsAsSqlDoes() {
    TestLake lake =
        SaleLake.at(folder)
            .file(
                "jobs/analysis/loud.conf",
                """
                java         = "%s"
                options      { suffix = "!" }
                inputs       { raw.sale {} }
                partition-by = day
                batch        = 31
                """
                    .formatted(Loud.class.getName()));
    lake.run();
    assertEquals(List.of("a!", "a!", "b!", "b!", "c!", "c!"), lake.rows("analysis.loud", "code"));
    lake.land("2011-01-02.csv", "code,amount", "x,1");
    lake.run();
    assertEquals(List.of("a!", "b!", "b!", "c!", "x!"), lake.rows("analysis.loud", "code"));
  }

  /** Adds an option's text to each code. */
  public static final class Loud implements Transform {
    @Override
    public Dataset<Row> apply(TaskContext task) {
      return task.input("raw.sale")
          .selectExpr(
              "concat(code, '%s') AS code".formatted(task.options().getOrDefault("suffix", "")),
              "day");
    }
  }
}
