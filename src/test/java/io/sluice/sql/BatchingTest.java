package io.sluice.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.sql.InputShape.Sight;
import io.sluice.time.Lookback;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of each table here {@code d} is the interval column: a and b are cut, c and e know no time. */
final class BatchingTest {
  private static final Map<String, InputShape> INPUTS =
      Map.of(
          "raw.a", cut("d"),
          "raw.b", cut("d"),
          "raw.c", new InputShape(Sight.WHOLE, Optional.empty()),
          "raw.e", new InputShape(Sight.WHOLE, Optional.empty()),
          "raw.all", new InputShape(Sight.WHOLE, Optional.of("d")),
          "raw.back",
              new InputShape(
                  Sight.CUT_WITH_LOOKBACK,
                  Optional.of("d"),
                  Optional.of(new Lookback(90, ChronoUnit.DAYS))),
          "raw.p", new InputShape(Sight.AS_OF, Optional.empty()),
          "raw.self", new InputShape(Sight.SELF, Optional.of("d")));

  private static InputShape cut(String column) {
    return new InputShape(Sight.CUT, Optional.of(column));
  }

  private static BatchVerdict verdict(String sql) {
    return Batching.analyse(SqlReader.read(sql, 1), INPUTS, Optional.of("d"));
  }

  @ParameterizedTest
  @MethodSource("io.sluice.sql.BatchableSql#all")
  void intervalsCannotMix(String sql) {
    BatchVerdict verdict = verdict(sql);
    assertTrue(verdict.batches(), verdict.reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The interval column of the result is not the interval column of an input.
        "SELECT x FROM raw.a",
        "SELECT date_trunc('month', d) AS d FROM raw.a",
        "SELECT d + 1 AS d FROM raw.a",
        "SELECT date_sub(d, 1) AS d, x FROM raw.a",
        "SELECT order_date AS d FROM raw.a",
        "SELECT a.x AS d, a.d AS x FROM raw.a a",
        "SELECT d FROM raw.c",
        "SELECT * FROM raw.c",
        "SELECT c.d FROM raw.a a JOIN raw.c c ON a.k = c.k",
        "SELECT current_date() AS d FROM raw.a",
        "SELECT d AS day FROM raw.a",
        "SELECT e AS d FROM (SELECT x, d FROM raw.a) AS t(e, f)",
        "SELECT s.d FROM raw.a",
        "SELECT t.* FROM raw.a a CROSS JOIN raw.c t",
        "SELECT ends AS d FROM intervals",
        "VALUES (1)",
        // GROUP BY
        "SELECT max(d) AS d, k FROM raw.a GROUP BY k",
        "SELECT max(d) AS d FROM raw.a",
        "SELECT max(d) AS d FROM raw.a HAVING count(*) > 1",
        "SELECT trunc(d, 'MM') AS d, sum(x) AS s FROM raw.a GROUP BY trunc(d, 'MM')",
        "SELECT trunc(d, 'MM') AS d, sum(x) AS s FROM raw.a GROUP BY 1",
        "SELECT trunc(d, 'MM') AS day, sum(x) AS s FROM raw.a GROUP BY day",
        "SELECT trunc(d, 'MM') AS d, sum(x) AS s FROM raw.a GROUP BY d",
        "SELECT k, max(d) AS d FROM raw.a GROUP BY ALL",
        "SELECT k, d, sum(x) AS s FROM raw.a GROUP BY ROLLUP(d, k)",
        "SELECT k, d, sum(x) AS s FROM raw.a GROUP BY CUBE(d, k)",
        "SELECT d, sum(x) AS s FROM raw.a GROUP BY ROLLUP(d)",
        "SELECT d, sum(x) AS s FROM raw.a GROUP BY CUBE(d)",
        "SELECT d, sum(x) AS s FROM raw.a GROUP BY GROUPING SETS (ROLLUP(d), (d))",
        "SELECT k, d, sum(x) AS s FROM raw.a GROUP BY GROUPING SETS ((d, k), (k))",
        "SELECT k, d, sum(x) AS s FROM raw.a GROUP BY d, k WITH ROLLUP",
        "SELECT b.d AS d FROM raw.a a JOIN raw.b b ON a.d = b.d GROUP BY a.d, ROLLUP(b.d)",
        "SELECT a.d FROM raw.a a JOIN (SELECT k, sum(x) AS s FROM raw.b GROUP BY k) b ON a.k = b.k",
        "SELECT c.d, sum(a.x) AS s FROM raw.a a JOIN raw.c c ON a.k = c.k GROUP BY c.d",
        "SELECT d, first(x) AS f FROM raw.a GROUP BY d",
        "SELECT d, collect_list(x) AS xs FROM raw.a GROUP BY d",
        "SELECT d, my_total(x) AS s FROM raw.a",
        "SELECT a.d FROM raw.a a JOIN raw.p p ON a.d >= p.valid_from AND a.d < p.valid_to"
            + " GROUP BY a.d HAVING max(p.valid_to) > '2011-01-01'",
        // DISTINCT, windows and LIMIT
        "SELECT d, n FROM (SELECT DISTINCT k AS d, k AS n FROM raw.a)",
        "SELECT a.d FROM raw.a a JOIN (SELECT DISTINCT k FROM raw.b) b ON a.k = b.k",
        "SELECT d, row_number() OVER (PARTITION BY k ORDER BY x) AS n FROM raw.a",
        "SELECT d, row_number() OVER (ORDER BY d, x) AS n FROM raw.a",
        "SELECT d, sum(x) OVER () AS s FROM raw.a",
        "SELECT d, sum(x) OVER w AS s FROM raw.a WINDOW w AS (PARTITION BY k)",
        "SELECT d, lag(x) OVER (PARTITION BY trunc(d, 'MM') ORDER BY d) AS p FROM raw.a",
        "SELECT d, x - lag(x) OVER (PARTITION BY k ORDER BY d) AS p FROM raw.a",
        "SELECT d, k, sum(sum(x)) OVER (PARTITION BY k) AS s FROM raw.a GROUP BY d, k",
        "SELECT * FROM raw.a ORDER BY x LIMIT 10",
        "SELECT * FROM raw.a LIMIT 10",
        "SELECT * FROM raw.a OFFSET 10",
        "SELECT * FROM raw.a TABLESAMPLE (10 PERCENT)",
        "SELECT * FROM raw.a TABLESAMPLE (10 ROWS)",
        // Joins
        "SELECT a.d FROM raw.a a JOIN raw.b b ON a.k = b.k",
        "SELECT a.d FROM raw.a a CROSS JOIN raw.b b",
        "SELECT a.d FROM raw.a a, raw.b b WHERE a.k = b.k",
        "SELECT a.d FROM raw.a a JOIN raw.b b ON a.d = b.x",
        "SELECT a.d FROM raw.a a JOIN raw.b b ON a.d <= b.d",
        "SELECT a.d FROM raw.a a JOIN raw.b b ON a.d = b.d OR a.k = b.k",
        "SELECT a.d FROM raw.a a JOIN raw.b b ON NOT (a.d = b.d)",
        "SELECT a.d FROM raw.a a JOIN raw.b b ON trunc(a.d, 'MM') = trunc(b.d, 'MM')",
        "SELECT a.d FROM raw.a a JOIN raw.b b USING (k)",
        "SELECT d FROM raw.a NATURAL JOIN raw.b",
        "SELECT b.d FROM raw.a a LEFT JOIN raw.b b ON a.d = b.d",
        "SELECT b.d FROM raw.a a LEFT JOIN raw.b b USING (d)",
        "SELECT a.d FROM raw.a a FULL JOIN raw.b b ON a.d = b.d",
        "SELECT a.d FROM raw.a a RIGHT JOIN raw.c c ON a.k = c.k",
        "SELECT a.d FROM raw.c c LEFT JOIN raw.a a ON a.k = c.k",
        "SELECT a.d FROM raw.a a FULL JOIN raw.c c ON a.k = c.k",
        "SELECT c.d FROM raw.c c LEFT ANTI JOIN raw.a a ON a.k = c.k",
        "SELECT c.day AS d FROM raw.a a LEFT JOIN raw.c c ON a.d = c.day",
        "SELECT c.day AS d FROM raw.c c LEFT JOIN raw.a a ON a.d = c.day",
        "SELECT a.d FROM raw.a a LEFT ANTI JOIN raw.b b ON a.k = b.k",
        "SELECT a.d FROM raw.a a JOIN raw.b b ON a.d = b.d JOIN raw.a o ON o.k = b.k",
        "SELECT b.d, sum(b.x) AS s FROM raw.a a LEFT JOIN raw.b b ON a.d = b.d GROUP BY b.d",
        "SELECT a.d FROM raw.a a JOIN raw.b b ON a.d = b.e JOIN raw.c c ON c.x = b.d AND c.y = a.d",
        "SELECT a.d FROM raw.a a LEFT JOIN raw.c c ON a.d = c.day, raw.b b WHERE c.other = b.d",
        // UNION and others
        "SELECT d, x FROM raw.a UNION ALL SELECT x, d FROM raw.b",
        "SELECT x, d FROM raw.a UNION ALL SELECT d, x FROM raw.b",
        "SELECT * FROM raw.a UNION ALL SELECT * FROM raw.b",
        "SELECT d, x FROM raw.a UNION ALL SELECT day, x FROM raw.c",
        "SELECT d, x FROM raw.a UNION SELECT order_date, x FROM raw.b",
        "SELECT d FROM (SELECT k FROM raw.a UNION SELECT k FROM raw.b) t JOIN raw.a USING (k)",
        "SELECT d FROM raw.a JOIN (SELECT k FROM raw.a EXCEPT SELECT k FROM raw.b) USING (k)",
        "SELECT d, x FROM raw.a EXCEPT SELECT x, d FROM raw.b",
        "SELECT day AS d FROM raw.c EXCEPT SELECT d FROM raw.a",
        // Sub-queries
        "SELECT d FROM raw.a WHERE k IN (SELECT k FROM raw.b)",
        "SELECT d FROM raw.a WHERE k NOT IN (SELECT k FROM raw.b)",
        "SELECT d FROM raw.a WHERE (k, d) IN (SELECT d, k FROM raw.b)",
        "SELECT d, (SELECT max(x) FROM raw.b) AS m FROM raw.a",
        "SELECT d, x / (SELECT sum(x) FROM raw.a) AS share FROM raw.a",
        "SELECT d FROM raw.a a WHERE EXISTS (SELECT 1 FROM raw.b b WHERE b.k = a.k)",
        "SELECT d FROM raw.a a WHERE EXISTS (SELECT 1 FROM raw.b b WHERE b.d = b.d AND b.k = a.k)",
        "SELECT d FROM raw.a a WHERE EXISTS (SELECT 1 FROM raw.b b WHERE b.d <= a.d)",
        "SELECT d FROM raw.a WHERE x > 1 OR EXISTS (SELECT 1 FROM raw.b b)",
        "SELECT d, CASE WHEN k IN (SELECT k FROM raw.b) THEN 1 END AS n FROM raw.a",
        "SELECT d FROM raw.a a WHERE EXISTS (SELECT max(x) FROM raw.b b HAVING max(b.d) = a.d)",
        "SELECT d FROM raw.a a WHERE (SELECT m FROM (SELECT max(d) AS m FROM raw.b) t WHERE t.m = a.d) > 1",
        "SELECT d, count(*) AS n FROM raw.a GROUP BY d HAVING count(*) > (SELECT count(*) FROM raw.b)",
        "SELECT a.d, m FROM raw.a a, LATERAL (SELECT max(x) AS m FROM raw.b b WHERE b.k = a.k)",
        "WITH t AS (SELECT max(x) AS m FROM raw.b) SELECT d, m FROM raw.a CROSS JOIN t",
        "WITH t AS (WITH u AS (SELECT DISTINCT k FROM raw.a) SELECT * FROM u) SELECT d FROM raw.b JOIN t USING (k)",
        "WITH a AS (SELECT order_date AS d FROM raw.a) SELECT d, count(*) AS n FROM a GROUP BY d",
        // The task's span
        "SELECT * FROM raw.a WHERE d >= :from",
        "SELECT * FROM raw.a a JOIN raw.c c ON c.day < :to",
        "SELECT *, :to AS until FROM raw.a",
        "SELECT * FROM raw.back",
        "SELECT d, x FROM raw.back WHERE d > '2011-01-01'",
        "SELECT * FROM raw.all",
        "SELECT a.d FROM raw.a a JOIN raw.all USING (d)",
        "SELECT a.d FROM raw.a a LEFT JOIN raw.self s ON a.k = s.k",
        "SELECT a.d, f.x FROM raw.a a JOIN raw.back f ON f.k = a.k",
        "SELECT a.d, f.x FROM raw.a a JOIN raw.back f ON f.k = a.k AND f.d <= a.d",
        "SELECT a.d, f.x FROM raw.a a JOIN raw.back f ON f.k = a.k AND f.d >= a.d - 7",
        "SELECT a.d, f.x FROM raw.a a JOIN raw.back f ON f.d <= a.d AND f.d >= a.d - 91",
        "SELECT i.starts AS d, sum(x) AS s FROM raw.back f JOIN intervals i"
            + " ON f.d >= date_sub(i.starts, 89) AND f.d <= i.ends GROUP BY 1",
        "SELECT i.starts AS d, sum(s) AS s FROM (SELECT d, sum(x) AS s FROM raw.back GROUP BY d) f"
            + " JOIN intervals i ON f.d >= date_sub(i.starts, 89) AND f.d < i.ends GROUP BY 1",
        "SELECT i.starts AS d, count(*) AS n FROM intervals i CROSS JOIN raw.a a GROUP BY i.starts",
        "SELECT i.starts AS d FROM intervals i JOIN raw.a a ON a.d = i.ends",
        "SELECT i.starts AS d FROM intervals i JOIN raw.a a ON a.d >= i.starts",
        "SELECT max(starts) AS d FROM intervals",
        // Versions
        "SELECT a.d, p.price FROM raw.a a JOIN raw.p p ON p.k = a.k AND p.is_current",
        "SELECT a.d, p.price FROM raw.a a JOIN raw.p p ON p.k = a.k",
        "SELECT a.d, p.price FROM raw.a a JOIN raw.p p ON p.k = a.k AND a.d >= p.valid_from",
        "SELECT a.d, p.price FROM raw.a a JOIN raw.p p ON p.k = a.k AND a.t >= p.valid_from AND a.t < p.valid_to",
        "SELECT a.d, p.valid_to FROM raw.a a JOIN raw.p p ON a.d >= p.valid_from AND a.d < p.valid_to",
        "SELECT * FROM raw.a a JOIN raw.p p ON a.d >= p.valid_from AND a.d < p.valid_to",
        "SELECT a.d, p.* FROM raw.a a JOIN raw.p p ON a.d >= p.valid_from AND a.d < p.valid_to",
        "SELECT a.d, p.is_current AS c FROM raw.a a JOIN raw.p p ON a.d >= p.valid_from AND a.d < p.valid_to",
        "SELECT a.d, year(p.valid_to) AS y FROM raw.a a JOIN raw.p p ON a.d >= p.valid_from AND a.d < p.valid_to",
        "SELECT a.d FROM raw.a a JOIN raw.p p ON a.d >= p.valid_from AND a.d < p.valid_to WHERE p.is_current",
        "SELECT a.d FROM raw.a a JOIN (SELECT k, valid_from, valid_to FROM raw.p WHERE is_current) p"
            + " ON a.d >= p.valid_from AND a.d < p.valid_to",
        "SELECT a.d FROM raw.a a JOIN raw.p p ON a.d >= p.valid_from AND a.d < p.valid_to GROUP BY a.d, p.valid_to",
        "SELECT a.d, n FROM raw.a a CROSS JOIN (SELECT count(*) AS n FROM raw.p) p",
        "SELECT a.d, n FROM raw.a a JOIN (SELECT k, hash(*) AS n FROM raw.p) p USING (k)",
        "SELECT p.k FROM raw.p p LEFT JOIN raw.a a ON a.d >= p.valid_from AND a.d < p.valid_to",
        // Chance
        "SELECT d, rand() AS r FROM raw.a",
        "SELECT d, uuid() AS id FROM raw.a",
        "SELECT d, monotonically_increasing_id() AS id FROM raw.a",
        "SELECT d FROM raw.a WHERE rand() < 0.1",
        // Not understood
        "SELECT * FROM raw.unknown",
        "SELECT * FROM (SELECT d, k, x FROM raw.a) PIVOT (sum(x) FOR k IN ('p', 'q'))",
      })
  void whereIntervalsCouldMixOneIsMadeAtATime(String sql) {
    BatchVerdict verdict = verdict(sql);
    assertFalse(verdict.batches(), verdict.reason());
    assertFalse(verdict.reason().contains("{"), verdict.reason());
    assertFalse(verdict.reason().contains("%"), verdict.reason());
  }

  @Test
  void theReasonNamesTheOperatorAndItsLineInTheFile() {
    ParsedSql sql =
        SqlReader.read(
            """
            SELECT max(d) AS d
            FROM raw.a
            GROUP BY
              k
            """,
            10);
    assertEquals(
        new BatchVerdict(false, "GROUP BY at line 13 does not carry d", 13),
        Batching.analyse(sql, INPUTS, Optional.of("d")));
  }

  @Test
  void columnNamesMatchInAnyCase() {
    ParsedSql sql = SqlReader.read("SELECT Invoice_Date FROM RAW.X GROUP BY invoice_date", 1);
    BatchVerdict verdict =
        Batching.analyse(sql, Map.of("raw.x", cut("INVOICE_DATE")), Optional.of("invoice_Date"));
    assertTrue(verdict.batches(), verdict.reason());
  }

  @Test
  void aViewIsLookedThrough() {
    ParsedSql reader = SqlReader.read("SELECT d, x\nFROM raw.v", 1);
    ParsedSql apart = SqlReader.read("SELECT d, sum(x) AS x FROM raw.a GROUP BY d", 5);
    assertTrue(throughView(reader, apart).batches());
    ParsedSql mixed = SqlReader.read("\nSELECT max(d) AS d, x FROM raw.a GROUP BY x", 5);
    assertEquals(
        new BatchVerdict(false, "view raw.v at line 2: GROUP BY at line 6 does not carry d", 2),
        throughView(reader, mixed));
    ParsedSql span = SqlReader.read("SELECT d, x FROM raw.a WHERE t > :from", 1);
    assertFalse(throughView(reader, span).batches());
  }

  private static BatchVerdict throughView(ParsedSql reader, ParsedSql view) {
    return Batching.analyse(reader, INPUTS, Map.of("raw.v", view), Optional.of("d"));
  }

  @Test
  void aTableWithoutIntervalsIsNotBatched() {
    BatchVerdict verdict =
        Batching.analyse(SqlReader.read("SELECT d FROM raw.a", 1), INPUTS, Optional.empty());
    assertFalse(verdict.batches());
  }
}
