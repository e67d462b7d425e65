package io.sluice.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.sql.ParsedSql.TableReference;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SqlReaderTest {
  private static final String NO_SQL =
      "there is no SQL; write the SELECT that makes the table's rows";

  static Stream<Arguments> reads() {
    return Stream.of(
        Arguments.of("SELECT * FROM raw.sales", "raw.sales"),
        Arguments.of("SELECT * FROM `raw`.`sales`", "raw.sales"),
        Arguments.of("TABLE raw.sales", "raw.sales"),
        Arguments.of("FROM raw.sales SELECT a", "raw.sales"),
        Arguments.of("SELECT 1", ""),
        Arguments.of("VALUES (1), (2)", ""),
        Arguments.of("SELECT * FROM raw.b JOIN raw.a USING (x)", "raw.b,raw.a"),
        Arguments.of("SELECT * FROM raw.b, raw.a", "raw.b,raw.a"),
        Arguments.of("SELECT * FROM raw.a UNION ALL SELECT * FROM raw.b", "raw.a,raw.b"),
        Arguments.of("SELECT * FROM raw.a a JOIN raw.A b ON a.x = b.y", "raw.a"),
        Arguments.of("SELECT * FROM (SELECT * FROM (SELECT * FROM raw.a))", "raw.a"),
        Arguments.of("SELECT * FROM raw.a WHERE x IN (SELECT x FROM raw.b)", "raw.a,raw.b"),
        Arguments.of(
            "SELECT * FROM raw.a a WHERE EXISTS (SELECT 1 FROM raw.b b WHERE a.x = b.x)",
            "raw.a,raw.b"),
        Arguments.of("SELECT (SELECT max(x) FROM raw.b) AS m FROM raw.a", "raw.b,raw.a"),
        Arguments.of(
            "SELECT a.x, m FROM raw.a a, LATERAL (SELECT max(x) AS m FROM raw.b b WHERE b.k = a.k)",
            "raw.a,raw.b"),
        Arguments.of("SELECT x FROM raw.a HAVING max(x) > (SELECT 1 FROM raw.b)", "raw.a,raw.b"),
        Arguments.of(
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM raw.b) THEN 1 END AS x FROM raw.a",
            "raw.b,raw.a"),
        Arguments.of("SELECT * FROM raw.a LATERAL VIEW explode(xs) t AS x", "raw.a"),
        Arguments.of("SELECT * FROM raw.a, range(10)", "raw.a"),
        Arguments.of("SELECT * FROM raw.a PIVOT (sum(x) FOR k IN ('p', 'q'))", "raw.a"),
        Arguments.of("SELECT * FROM intervals i JOIN raw.a ON a.d = i.starts", "raw.a"),
        Arguments.of("SELECT * FROM INTERVALS", ""),
        Arguments.of("WITH t AS (SELECT * FROM raw.a) SELECT * FROM t", "raw.a"),
        Arguments.of("WITH T AS (SELECT * FROM raw.a) SELECT * FROM t", "raw.a"),
        Arguments.of("WITH sales AS (SELECT * FROM raw.sales) SELECT * FROM sales", "raw.sales"),
        Arguments.of("WITH a AS (SELECT 1 AS x), b AS (SELECT * FROM a) SELECT * FROM b", ""),
        Arguments.of("WITH b AS (SELECT * FROM a), a AS (SELECT 1 AS x) SELECT * FROM b", "a"),
        Arguments.of("WITH t AS (SELECT * FROM t) SELECT * FROM t", "t"),
        Arguments.of("WITH sales AS (SELECT 1 AS x) SELECT * FROM raw.sales", "raw.sales"),
        Arguments.of(
            "SELECT * FROM (WITH t AS (SELECT * FROM raw.a) SELECT * FROM t) JOIN t", "raw.a,t"),
        Arguments.of(
            "WITH t AS (WITH u AS (SELECT * FROM raw.a) SELECT * FROM u) SELECT * FROM t, u",
            "raw.a,u"),
        Arguments.of(
            "WITH t AS (SELECT 1 AS x) SELECT * FROM raw.a WHERE x IN (SELECT x FROM t)", "raw.a"),
        Arguments.of("SELECT * FROM fact_sale", "fact_sale"),
        Arguments.of(
            "SELECT 'FROM raw.no' AS x /* FROM raw.no */ FROM raw.a -- , raw.no", "raw.a"));
  }

  @ParameterizedTest
  @MethodSource("reads")
  void theTablesReadAreThoseOutsideTheScopeOfAWith(String sql, String tables) {
    assertEquals(
        tables,
        String.join(
            ",", SqlReader.read(sql, 1).tables().stream().map(TableReference::name).toList()));
  }

  @Test
  void linesAreThoseOfTheFile() {
    ParsedSql sql =
        SqlReader.read(
            """

            SELECT *
            FROM raw.a
              JOIN raw.b ON a.x = b.x
            WHERE x IN (
              SELECT x FROM raw.c)
            """,
            10);
    assertEquals(
        List.of(
            new TableReference("raw.a", 12),
            new TableReference("raw.b", 13),
            new TableReference("raw.c", 15)),
        sql.tables());
  }

  @Test
  void parametersAreFoundWhereverTheyStand() {
    ParsedSql sql =
        SqlReader.read(
            """
            WITH t AS (SELECT :vip AS v, ':no' AS s FROM raw.a WHERE d >= :from)
            SELECT *, (SELECT max(x) FROM raw.b WHERE d < :to) AS m FROM t LIMIT :most
            """,
            1);
    assertEquals(Set.of("vip", "from", "to", "most"), sql.parameters());
  }

  @Test
  void theLastSemicolonAndWhatFollowsItIsNotPartOfTheText() {
    assertEquals("\nSELECT 1", SqlReader.read("\nSELECT 1 ; ;\n-- the end\n", 1).text());
    assertEquals("SELECT '😀'", SqlReader.read("SELECT '😀';", 1).text());
  }

  @Test
  void theFingerprintIsOfTheWordsAlone() {
    String fingerprint = fingerprint("SELECT a, sum(x) AS `s` FROM raw.t GROUP BY a");
    assertEquals(64, fingerprint.length());
    assertEquals(
        fingerprint,
        fingerprint("select a -- comment\n, SUM( x ) as s\n\n/* more */ From raw . t group BY a;"));
    for (String other :
        List.of(
            "SELECT a, sum(x) AS s FROM raw.t GROUP BY b",
            "SELECT a, sum(x) AS S FROM raw.t GROUP BY a",
            "SELECT a, sum(y) AS s FROM raw.t GROUP BY a",
            "SELECT a, sum(x) AS s FROM raw.u GROUP BY a",
            "SELECT a, sum(DISTINCT x) AS s FROM raw.t GROUP BY a")) {
      assertNotEquals(fingerprint, fingerprint(other), other);
    }
    assertNotEquals(fingerprint("SELECT 'a' AS x"), fingerprint("SELECT 'A' AS x"));
    assertNotEquals(fingerprint("SELECT 'a  b' AS x"), fingerprint("SELECT 'a b' AS x"));
  }

  private static String fingerprint(String sql) {
    return SqlReader.read(sql, 1).fingerprint();
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("", 10, NO_SQL),
        Arguments.of("  \n-- nothing\n;", 10, NO_SQL),
        Arguments.of("SELECT a\nFORM raw.a", 11, unparsed("'raw'")),
        Arguments.of("SELECT a\nFROM raw.a WHERE )", 11, unparsed("')'")),
        Arguments.of("SELECT a FROM raw.a\nWHERE a =", 11, unparsed("end of input")),
        Arguments.of("SELECT a,\nFROM raw.a", 11, unparsed("'.'")),
        Arguments.of("SELECT (a FROM raw.a", 10, unparsed("'FROM'")),
        Arguments.of("SELECT 'a", 10, "the quote ' that opens here is never closed; close it"),
        Arguments.of("SELECT 1 /* b */\n/* a", 11, "a comment opens here and has no end; write */"),
        Arguments.of(
            "SELECT a FROM raw.a;\nSELECT b FROM raw.b",
            11,
            "a second statement begins here; a job is one SELECT: keep one, and use WITH for steps"
                + " before it"),
        Arguments.of("\nINSERT INTO raw.a SELECT 1", 11, notASelect("INSERT")),
        Arguments.of("CREATE TABLE raw.a AS SELECT 1", 10, notASelect("CREATE")),
        Arguments.of(
            "WITH t AS (SELECT 1)\nINSERT INTO raw.a SELECT * FROM t", 11, notASelect("INSERT")),
        Arguments.of("DROP TABLE raw.a", 10, notASelect("DROP")),
        Arguments.of("SET x = 1", 10, notASelect("SET")),
        Arguments.of("SELECT *\nFROM {{ ref('x') }}", 11, template("layer.x")),
        Arguments.of("SELECT *\nFROM {{ source('shop', 'x') }}", 11, template("layer.x")),
        Arguments.of("{% set a = 1 %}\nSELECT 1", 10, template("raw.sales")),
        Arguments.of(
            "SELECT *\nFROM IDENTIFIER(:t)",
            11,
            "IDENTIFIER(..) hides which table is read; write the table's name with its layer"),
        Arguments.of(
            "WITH t AS (SELECT 1),\n t AS (SELECT 2) SELECT * FROM t",
            10,
            "CTE definition can't have duplicate names: 't'"),
        Arguments.of(
            "SELECT\n DATE '2011-13-01'",
            11,
            "The value of the typed literal \"DATE\" is invalid: '2011-13-01'"));
  }

  private static String unparsed(String near) {
    return ("Spark cannot parse the SQL at %s; look there and just before for a missing or"
            + " misspelled word, comma or bracket")
        .formatted(near);
  }

  private static String notASelect(String first) {
    return ("a job is one SELECT, not %s; write only the query, its rows go to the table the file is"
            + " named after")
        .formatted(first);
  }

  private static String template(String table) {
    return ("templates ({{ .. }}, {%% .. %%}) are not expanded; write the table's name with its"
            + " layer: FROM %s")
        .formatted(table);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatIsNotOneSelectIsSaidInOneSentence(String text, int line, String message) {
    SqlProblem problem = assertThrows(SqlProblem.class, () -> SqlReader.read(text, 10));
    assertEquals(line + " " + message, problem.line() + " " + problem.getMessage());
  }
}
