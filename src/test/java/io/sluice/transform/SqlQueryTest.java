package io.sluice.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.lake.Origin;
import io.sluice.testing.TestSpark;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class SqlQueryTest {
  private static final SparkSession SPARK = TestSpark.session().newSession();
  private static final Map<String, Dataset<Row>> TABLES =
      Map.of(
          "raw.sales",
          SPARK.sql("SELECT * FROM VALUES (1, 'A', 10), (2, 'B', 20) AS t(id, code, amount)"),
          "raw.code",
          SPARK.sql("SELECT * FROM VALUES ('A', 'apple'), ('B', 'pear') AS t(code, name)"));

  @Test
  void tablesAreKnownByTheirNamesInTheLake() {
    assertEquals("[1][2]", rows("SELECT id FROM raw.sales ORDER BY id"));
    assertEquals("[1][2]", rows("SELECT sales.id FROM RAW.Sales ORDER BY raw.sales.id"));
    assertEquals("[1][2]", rows("SELECT s.id FROM raw.sales s ORDER BY 1"));
  }

  @Test
  void tablesAreFoundInCtesSubqueriesUnionsAndJoins() {
    assertEquals(
        "[1,apple][2,pear]",
        rows(
            """
            WITH priced AS (SELECT * FROM raw.sales WHERE amount > (SELECT 0 FROM raw.code LIMIT 1)),
                 named AS (WITH inner AS (SELECT * FROM raw.code) SELECT code, name FROM inner)
            SELECT id, name FROM priced JOIN named USING (code)
            WHERE EXISTS (SELECT 1 FROM raw.code c WHERE c.code = priced.code)
              AND id IN (SELECT id FROM raw.sales UNION ALL SELECT id FROM raw.sales)
            ORDER BY id
            """));
  }

  @Test
  void aTableMayBeJoinedWithItself() {
    assertEquals(
        "[1,2]",
        rows("SELECT a.id, b.id FROM raw.sales a JOIN raw.sales b ON a.amount < b.amount"));
  }

  @Test
  void parametersStandForLiteralsWhereverTheyAre() {
    assertEquals(
        "[2,2011-01-01]",
        rows(
            """
            WITH big AS (SELECT * FROM raw.sales WHERE amount >= :least)
            SELECT id, :from FROM big WHERE id IN (SELECT id FROM raw.sales WHERE amount >= :least)
            """));
  }

  @Test
  void anUnknownColumnIsToldWithItsLineInTheFile() {
    assertEquals(
        "jobs/analysis/x.sql:14: column `foo` not found; there are `id`, `code`, `amount`",
        wrong("SELECT id,\n  code,\n  foo\nFROM raw.sales"));
  }

  @Test
  void anUnknownColumnInACteIsToldWithItsLineToo() {
    assertEquals(
        "jobs/analysis/x.sql:13: column `foo` not found; there are `id`, `code`, `amount`",
        wrong("WITH a AS (\n  SELECT foo FROM raw.sales)\nSELECT * FROM a"));
  }

  @Test
  void anUnknownTableIsToldWithItsLine() {
    assertEquals(
        "jobs/analysis/x.sql:13: table `raw`.`sale` not found; name a table of the lake, as in"
            + " raw.sales",
        wrong("SELECT *\nFROM raw.sale"));
  }

  @Test
  void aWrongStatementIsToldWithItsLine() {
    assertEquals(
        "jobs/analysis/x.sql:13: [PARSE_SYNTAX_ERROR] Syntax error at or near 'raw'; correct the"
            + " SQL",
        wrong("SELECT id\nFORM raw.sales"));
  }

  @Test
  void aParameterWithoutAValueIsTold() {
    assertEquals(
        "jobs/analysis/x.sql:12: parameter :most has no value; set it in `params`",
        wrong("SELECT id FROM raw.sales WHERE amount < :most"));
  }

  private static String rows(String sql) {
    StringBuilder all = new StringBuilder();
    query().rows(at(sql)).collectAsList().forEach(all::append);
    return all.toString();
  }

  private static String wrong(String sql) {
    return String.valueOf(
        assertThrows(TransformException.class, () -> query().rows(at(sql))).getMessage());
  }

  private static SqlQuery query() {
    return new SqlQuery(
        SPARK,
        name -> Optional.ofNullable(TABLES.get(name)),
        Map.of("least", "15", "from", "DATE '2011-01-01'"));
  }

  private static SqlText at(String sql) {
    return new SqlText(sql, new Origin("jobs/analysis/x.sql", 12));
  }
}
