package io.sluice.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lake.Origin;
import io.sluice.lake.RowRule;
import io.sluice.lake.RowRule.Action;
import io.sluice.testing.Jobs;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowSqlTest {
  private static final IntervalColumn DAY =
      IntervalColumn.of("day", IntervalColumn.Type.DATE, Cadence.DAY);
  private static final Interval FIRST = Jobs.day("2011-01-01");

  @Test
  void withoutTimeAndRulesNothingIsAsked() {
    RowSql sql =
        new RowSql(
            List.of(),
            List.of("a"),
            IntervalColumn.always(Interval.ALWAYS),
            Interval.ALWAYS,
            Optional.empty());

    assertTrue(sql.isIdle());
    assertEquals("true", sql.keep());
  }

  @Test
  void goodRowsNeverMeetTheFunction() {
    RowSql sql = new RowSql(List.of(), List.of("day"), DAY, FIRST, Optional.empty());

    assertFalse(sql.isIdle());
    assertTrue(
        sql.keep()
            .startsWith(
                "CASE WHEN (`day` >= DATE '2011-01-01' AND `day` < DATE '2011-01-02') THEN true"
                    + " ELSE sluice_divert("),
        sql.keep());
  }

  @Test
  void aConditionThatEndsInACommentStaysWhole() {
    RowSql sql =
        new RowSql(
            List.of(rule("known", "a IS NOT NULL -- always", Action.QUARANTINE)),
            List.of("a"),
            DAY,
            FIRST,
            Optional.empty());

    assertTrue(sql.keep().contains("(a IS NOT NULL -- always\n)"), sql.keep());
  }

  @Test
  void onlyQuarantineRulesTurnRowsAway() {
    RowSql sql =
        new RowSql(
            List.of(rule("odd", "a > 0", Action.WARN), rule("signed", "a < 9", Action.FAIL)),
            List.of("a"),
            DAY,
            FIRST,
            Optional.empty());

    assertEquals("false", sql.isTurnedAway());
  }

  private static RowRule rule(String name, String sql, Action action) {
    return new RowRule(name, sql, action, new Origin("jobs/raw/a.conf", 3));
  }
}
