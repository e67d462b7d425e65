package io.sluice.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.sluice.deltalog.ContentHash;
import io.sluice.testing.TestSpark;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of rows as Spark hands them to a writer. */
class InternalRowHashTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "VALUES (1, 'a'), (2, 'b') AS t(n, s) # VALUES (2, 'b'), (1, 'a') AS t(n, s)",
        "VALUES (1, 'a') AS t(n, s) # VALUES ('a', 1) AS t(s, n)",
        "VALUES (1, 'a') AS t(n, s) # VALUES (1, 'a', CAST(NULL AS INT)) AS t(n, s, more)",
        "VALUES (1S, 1, 1Y) AS t(a, b, c) # VALUES (1L, 1L, 1) AS t(a, b, c)",
        "SELECT nullif(n, 0) AS n FROM VALUES (1) AS t(n) # SELECT 1 AS n",
        "SELECT map('a', 1, 'b', 2) AS m # SELECT map('b', 2, 'a', 1) AS m",
        "SELECT named_struct('a', 1, 'b', 2) AS s # SELECT named_struct('b', 2, 'a', 1) AS s",
        "SELECT double('NaN') AS d # SELECT sqrt(-1D) AS d"
      })
  void theSameRowsHaveTheSameHash(String one, String other) {
    assertEquals(hash(one), hash(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "VALUES (1, 2) AS t(a, b) # VALUES (1, 2) AS t(b, a)",
        "VALUES ('a', CAST(NULL AS STRING)) AS t(a, b) # VALUES (CAST(NULL AS STRING), 'a') AS t(a, b)",
        "VALUES (1, 2), (3, 4) AS t(a, b) # VALUES (1, 4), (3, 2) AS t(a, b)",
        "VALUES (1) AS t(a) # VALUES (1), (1) AS t(a)",
        "VALUES (1), (1) AS t(a) # VALUES (2), (2) AS t(a)",
        "VALUES (1), (1) AS t(a) # VALUES (1), (1), (1) AS t(a)",
        "VALUES ('') AS t(a) # VALUES (CAST(NULL AS STRING)) AS t(a)",
        "SELECT CAST(array() AS ARRAY<INT>) AS a # SELECT CAST(NULL AS ARRAY<INT>) AS a",
        "SELECT array(1, NULL) AS a # SELECT array(1) AS a",
        "SELECT array(1, NULL) AS a # SELECT array(NULL, 1) AS a",
        "SELECT array(1, 2) AS a # SELECT array(2, 1) AS a",
        "SELECT array(array(1), array(2)) AS a # SELECT array(array(1, 2), CAST(array() AS ARRAY<INT>)) AS a",
        "SELECT named_struct('a', CAST(NULL AS INT)) AS s # SELECT CAST(NULL AS STRUCT<a: INT>) AS s",
        "SELECT map('a', 1) AS m # SELECT map('a', CAST(NULL AS INT)) AS m",
        "SELECT map('a', 1, 'b', 2) AS m # SELECT map('a', 2, 'b', 1) AS m",
        "SELECT 1.10BD AS d # SELECT 1.11BD AS d",
        "SELECT CAST('12345678901234567890.1' AS DECIMAL(38, 1)) AS d # SELECT CAST('12345678901234567890.2' AS DECIMAL(38, 1)) AS d",
        "SELECT 0D AS d # SELECT -0D AS d",
        "SELECT TIMESTAMP'2020-01-01 00:00:00' AS t # SELECT TIMESTAMP'2020-01-01 00:00:00.000001' AS t",
        "SELECT X'00' AS b # SELECT X'0000' AS b",
        "SELECT true AS b # SELECT false AS b"
      })
  void otherRowsHaveAnotherHash(String one, String other) {
    assertNotEquals(hash(one), hash(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "id % 3 AS n", "CAST(id AS STRING) AS s, id * 0.5 AS d"})
  void theHashOfPartsIsThatOfTheWhole(String columns) {
    String rows = "SELECT %s FROM range(%d, %d)";
    assertEquals(
        hash(rows.formatted(columns, 0, 1000)),
        hash(rows.formatted(columns, 300, 1000)).plus(hash(rows.formatted(columns, 0, 300))));
  }

  @Test
  void ofManySetsOfRowsNoTwoAreAlike() {
    Set<ContentHash> seen = new HashSet<>();
    for (int from = 0; from < 20; from++) {
      for (int to = from + 1; to < 20; to++) {
        seen.add(hash("SELECT id FROM range(%d, %d)".formatted(from, to)));
      }
    }
    assertEquals(190, seen.size());
  }

  @Test
  void aRowIsTheSameHoweverSparkHoldsIt() {
    Dataset<Row> rows =
        TestSpark.session()
            .sql(
                """
                SELECT id, CAST(id AS INT) AS i, CAST(id AS SMALLINT) AS s, CAST(id AS BYTE) AS b,
                  id * 0.37D AS d, CAST(id AS FLOAT) AS f, CAST(id * 1.1 AS DECIMAL(12, 2)) AS small,
                  CAST(id * 1.1 AS DECIMAL(30, 2)) AS large, id %% 2 = 0 AS even,
                  repeat('añ', CAST(id AS INT)) AS text, CAST(CAST(id AS STRING) AS BINARY) AS bytes,
                  date_add(DATE'2020-01-01', CAST(id AS INT)) AS day, timestamp_seconds(id) AS at,
                  array(id, NULL) AS list, map(id, 'x') AS map, if(id %% 3 = 0, NULL, 'y') AS n
                FROM range(50)"""
                    .replace("%%", "%"));
    InternalRowHash hash = InternalRowHash.of(rows.schema(), List.of()).orElseThrow();
    for (InternalRow row : rows.queryExecution().executedPlan().executeCollect()) {
      InternalRowHash.Sum packed = hash.sum();
      InternalRowHash.Sum plain = hash.sum();
      packed.add(row);
      plain.add(InternalRow.fromSeq(row.toSeq(rows.schema())));
      assertEquals(packed.hash(), plain.hash(), row::toString);
    }
  }

  @Test
  void whatSaysWhenARowCameDoesNotCount() {
    assertEquals(hash("SELECT 1 AS a, 2 AS at", "at"), hash("SELECT 1 AS a, 3 AS at", "at"));
    assertNotEquals(hash("SELECT 1 AS a, 2 AS at"), hash("SELECT 1 AS a, 3 AS at"));
  }

  @Test
  void aTypeThatIsNotKnownIsNotHashed() {
    assertEquals(
        Optional.empty(),
        InternalRowHash.of(
            TestSpark.session().sql("SELECT array(INTERVAL 1 MONTH) AS i").schema(), List.of()));
  }

  private static ContentHash hash(String sql, String... besides) {
    Dataset<Row> rows =
        TestSpark.session().sql(sql.startsWith("VALUES") ? "SELECT * FROM " + sql : sql);
    InternalRowHash.Sum sum =
        InternalRowHash.of(rows.schema(), List.of(besides)).orElseThrow().sum();
    for (InternalRow row : rows.queryExecution().executedPlan().executeCollect()) {
      sum.add(row);
    }
    return sum.hash();
  }
}
