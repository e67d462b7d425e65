package io.sluice.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DateFiltersTest {
  private static final Map<String, String> CUT = Map.of("raw.a", "d", "raw.b", "day");

  private static List<Hint> find(String sql) {
    return DateFilters.find(SqlReader.read(sql, 1), CUT);
  }

  @Test
  void theHintNamesTheTableTheColumnAndTheLine() {
    ParsedSql sql = SqlReader.read("SELECT *\nFROM raw.a s\nWHERE x > 1\n  AND s.d >= :from", 10);
    assertEquals(
        List.of(
            new Hint(
                13, "raw.a arrives cut to the interval already; leave out this filter on s.d")),
        DateFilters.find(sql, CUT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM raw.a WHERE d = '2011-01-01'",
        "SELECT * FROM raw.a WHERE d = DATE '2011-01-01'",
        "SELECT * FROM raw.a WHERE DATE '2011-01-01' <= D",
        "SELECT * FROM raw.a WHERE d < :to",
        "SELECT * FROM raw.a WHERE raw.a.d < :to",
        "SELECT * FROM raw.a WHERE a.d < current_date",
        "SELECT * FROM raw.a WHERE d >= current_date() - 7",
        "SELECT * FROM raw.a WHERE d >= date_sub(:from, 7)",
        "SELECT * FROM raw.a WHERE d IN ('2011-01-01', '2011-01-02')",
        "SELECT * FROM raw.a a JOIN raw.c c ON a.k = c.k WHERE a.d = :from",
        "SELECT * FROM raw.c JOIN raw.b USING (k) WHERE day = :from",
        "WITH t AS (SELECT * FROM raw.a WHERE d = :from) SELECT * FROM t",
        "SELECT * FROM raw.c WHERE k IN (SELECT k FROM raw.a WHERE d = :from)",
        "SELECT * FROM (SELECT * FROM raw.a WHERE d = :from)",
        "SELECT x FROM raw.a WHERE d = :from UNION ALL SELECT x FROM raw.b",
      })
  void aFilterThatTheEngineAppliesIsHinted(String sql) {
    assertEquals(1, find(sql).size());
  }

  @Test
  void bothEndsOfASpanAreHinted() {
    assertEquals(2, find("SELECT * FROM raw.a WHERE d BETWEEN :from AND :to").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM raw.a",
        "SELECT * FROM raw.a WHERE x = '2011-01-01'",
        "SELECT * FROM raw.a WHERE day = '2011-01-01'",
        "SELECT * FROM raw.c WHERE d = '2011-01-01'",
        "SELECT * FROM raw.a WHERE d = order_date",
        "SELECT * FROM raw.a WHERE d > date_sub(order_date, 7)",
        "SELECT * FROM raw.a WHERE d = :vip",
        "SELECT * FROM raw.a WHERE d IS NOT NULL",
        "SELECT * FROM raw.a a JOIN raw.c c ON c.k = a.k WHERE c.d = '2011-01-01'",
        "SELECT * FROM raw.a WHERE d = (SELECT max(day) FROM raw.c)",
        "SELECT * FROM raw.a WHERE year(d) = 2011",
        "SELECT * FROM raw.a s JOIN raw.b t ON s.d = t.day",
      })
  void otherFiltersAreNot(String sql) {
    assertEquals(List.of(), find(sql));
  }
}
