package io.sluice.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.lake.Origin;
import io.sluice.lake.TableRule;
import io.sluice.testing.Jobs;
import io.sluice.testing.TestSpark;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableSqlTest {
  private static final Origin HERE = new Origin("jobs/analysis/fact.sql", 5);
  private static final IntervalColumn DAY =
      IntervalColumn.of("day", IntervalColumn.Type.DATE, Cadence.DAY);
  private static final Interval FIRST = Jobs.day("2011-01-01");

  @ParameterizedTest
  @CsvSource({
    "3,>=,3,true",
    "2,>=,3,false",
    "4,>,3,true",
    "3,>,3,false",
    "3,=,3,true",
    "4,=,3,false",
    "3,<=,3,true",
    "4,<=,3,false",
    "2,<,3,true",
    "3,<,3,false"
  })
  void numbersOfRowsAreCompared(long rows, String comparison, long wanted, boolean holds) {
    TableSql sql = new TableSql(List.of(new TableRule.Rows("size", comparison, wanted, HERE)), DAY);

    assertEquals(holds, sql.ofCounts(Map.of(FIRST, rows)).isEmpty());
  }

  @Test
  void anIntervalWithoutRowsIsJudgedByItsNumberOfRows() {
    TableSql sql = new TableSql(List.of(new TableRule.Rows("some", ">=", 1, HERE)), DAY);

    assertEquals(
        List.of(new Violation(FIRST, "some", "0 rows, must be >= 1")),
        sql.ofCounts(Map.of(FIRST, 0L)));
  }

  @Test
  void rulesOnNumbersOfRowsNeedNoQuery() {
    TableSql sql = new TableSql(List.of(new TableRule.Rows("some", ">=", 1, HERE)), DAY);

    assertEquals(Optional.empty(), sql.query("staged", table -> "other"));
  }

  @Test
  void oneQueryFindsAllThatIsWrongOfEachInterval() {
    SparkSession spark = TestSpark.session().newSession();
    spark
        .sql(
            """
            SELECT * FROM VALUES
              (DATE '2011-01-01', 1, 'A', 5.0), (DATE '2011-01-01', 1, 'B', -9.0),
              (DATE '2011-01-01', 2, NULL, 1.0),
              (DATE '2011-01-02', 3, 'A', 5.0),
              (DATE '2011-01-03', 4, 'Z', 5.0), (DATE '2011-01-03', 5, NULL, 5.0)
            AS t(day, id, code, amount)
            """)
        .createOrReplaceTempView("staged");
    spark
        .sql("SELECT * FROM VALUES ('A'), ('B'), (NULL) AS t(code)")
        .createOrReplaceTempView("codes");
    TableSql sql =
        new TableSql(
            List.of(
                new TableRule.Unique("once", List.of("id"), HERE),
                new TableRule.NotNull("coded", List.of("id", "code"), HERE),
                new TableRule.References("known", "code", Jobs.table("raw.codes"), "code", HERE),
                new TableRule.Sql("sum", "sum(amount) >= 0", HERE)),
            DAY);

    List<String> found =
        spark.sql(sql.query("staged", table -> "codes").orElseThrow()).collectAsList().stream()
            .map(row -> violation(sql, row))
            .map(Violation::toString)
            .sorted()
            .toList();

    Interval third = Jobs.day("2011-01-03");
    assertEquals(
        List.of(
            new Violation(FIRST, "coded", "1 row without code").toString(),
            new Violation(FIRST, "once", "1 row too many with the same id, such as (1)").toString(),
            new Violation(FIRST, "sum", "not true of its rows: sum(amount) >= 0").toString(),
            new Violation(third, "coded", "1 row without code").toString(),
            new Violation(third, "known", "1 row whose code is not in raw.codes.code, such as Z")
                .toString()),
        found);
  }

  private static Violation violation(TableSql sql, Row row) {
    return sql.violation(
        row.getLong(0), row.getInt(1), row.getLong(2), row.isNullAt(3) ? "" : row.getString(3));
  }
}
