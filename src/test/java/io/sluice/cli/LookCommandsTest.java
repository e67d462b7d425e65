package io.sluice.cli;

import static io.sluice.cli.FakeEngine.SALES;
import static io.sluice.cli.FakeEngine.day;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.config.Problem;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.JobFacts;
import io.sluice.ledger.LedgerException;
import io.sluice.ledger.QuarantineRow;
import io.sluice.ledger.RunRow;
import io.sluice.ledger.TaskRow;
import io.sluice.plan.Plan;
import io.sluice.time.Cadence;
import io.sluice.time.IntervalSet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What there is and was, as tables and as documents. */
class LookCommandsTest {
  private final Console console = new Console();

  @Test
  void statusCountsWhatIsDueByNow() {
    console.engine.ledger.facts =
        Map.of(
            "raw.sales",
            new JobFacts(
                "raw.sales",
                IntervalSet.of(day(1), day(2), day(3)),
                IntervalSet.of(day(4)),
                Map.of(),
                List.of(
                    new JobFacts.Mark(day(2), "input changed", ""),
                    new JobFacts.Mark(day(3), "foreign", "")),
                Map.of(),
                Optional.of("f1"),
                IntervalSet.EMPTY),
            "analysis.fact_sale",
            new JobFacts(
                "analysis.fact_sale",
                IntervalSet.EMPTY,
                IntervalSet.EMPTY,
                Map.of("raw.sales", IntervalSet.of(day(1))),
                List.of(),
                Map.of(),
                Optional.of("f1"),
                IntervalSet.EMPTY));
    console.engine.ledger.attempts = List.of(failed("a1", 4, "no column Price"));
    console.engine.plan =
        new Plan(
            List.of(),
            List.of(new Plan.Waiting(SALES, Cadence.DAY, IntervalSet.of(day(5)), "no file")),
            List.of());

    assertEquals(0, console.type("status"));

    assertEquals(
        """
        table               every  made  due  missing  waiting  failed  stale  early  foreign  newest
        raw.sales           day       3    5        2        1       1      1      0        1  2011-01-03
        analysis.fact_sale  day       0    5        5        0       0      0      1        0  -
        raw.sales 2011-01-04 failed (definite): no column Price
        """,
        console.out());
  }

  @Test
  void statusIsShownWhereASourceCanNotBeAsked() {
    console.engine.planFailure = Optional.of(new LedgerException("the shop does not answer"));
    assertEquals(0, console.type("status"));
    assertEquals("note: what waits is not known: the shop does not answer\n", console.err());
  }

  @Test
  void statusIsOneDocumentForMachines() {
    assertEquals(0, console.type("status", "--json"));
    assertTrue(
        console
            .out()
            .startsWith(
                "{\"tables\":[{\"job\":\"raw.sales\",\"every\":\"day\",\"due\":5,\"made\":0,"),
        console.out());
  }

  @Test
  void historyShowsRunsThatDidNotEnd() {
    Instant at = Instant.parse("2011-01-06T06:00:00Z");
    console.engine.ledger.runs =
        List.of(
            new RunRow("r2", "run", "host-2", at, Optional.empty(), Optional.empty(), ""),
            new RunRow(
                "r1",
                "run",
                "host-1",
                at,
                Optional.of(at.plusSeconds(65)),
                Optional.of(0),
                "Made"));

    assertEquals(0, console.type("history"));

    assertEquals(
        """
        run  command  started               took   exit  result
        r2   run      2011-01-06T06:00:00Z  -      -     did not end
        r1   run      2011-01-06T06:00:00Z  1m05s  0     Made
        """,
        console.out());
  }

  @Test
  void historyOfAJobIsOfItsIntervals() {
    Instant at = Instant.parse("2011-01-06T06:00:00Z");
    console.engine.ledger.attempts =
        List.of(attempt("a1", 1, at), attempt("a2", 2, at), attempt("a3", 3, at));

    assertEquals(0, console.type("history", "sales", "--date", "2011-01-02", "--json"));

    assertEquals(
        """
        {"attempts":[{"attempt":"a2","run":"r1","job":"raw.sales",\
        "ranges":[{"from":"2011-01-02","to":"2011-01-03"}],"published":[],\
        "started":"2011-01-06T06:00:00Z","ended":null,"state":"running","failure":"",\
        "message":"","version":null,"rows":0,"quarantined":0}]}
        """,
        console.out());
  }

  @Test
  void aRunIsItsTasksItsAttemptsAndWhyTheyFailed() {
    console.engine.ledger.attempts = List.of(failed("a1", 4, "no column Price"));
    Instant at = Instant.parse("2011-01-06T06:00:00Z");
    console.engine.ledger.tasks =
        List.of(
            new TaskRow(
                "t1",
                "r1",
                "raw.sales",
                IntervalSet.of(day(3), day(4)),
                "missing",
                at,
                Optional.of(at.plusSeconds(2)),
                "failed",
                ""));

    assertEquals(0, console.type("history", "r1"));

    assertEquals(
        """
        job        intervals                 why      took  state
        raw.sales  2011-01-03 .. 2011-01-04  missing  2.0s  failed

        attempt  job        intervals   started               took  state   rows  quarantined  version
        a1       raw.sales  2011-01-04  2011-01-06T06:00:00Z  0.0s  failed     0            0  -
        a1 definite: no column Price
        """,
        console.out());
  }

  private static AttemptRow attempt(String id, int day, Instant at) {
    return attempt(id, day, at, "running", "", "");
  }

  private static AttemptRow failed(String id, int day, String message) {
    Instant at = Instant.parse("2011-01-06T06:00:00Z");
    return attempt(id, day, at, "failed", "definite", message);
  }

  private static AttemptRow attempt(
      String id, int day, Instant at, String state, String failureClass, String message) {
    AttemptRow begun =
        AttemptRow.begun(id, "r1", "t1", "raw.sales", IntervalSet.of(day(day)), "f1", -1, at);
    return state.equals("running") ? begun : begun.ended(at, state, failureClass, message);
  }

  @Test
  void quarantineSaysWhereTheRowsLie() {
    console.engine.ledger.quarantined =
        List.of(
            new QuarantineRow("raw.sales", day(1), "a1", 1200),
            new QuarantineRow("raw.sales", day(2), "a1", 34));

    assertEquals(0, console.type("quarantine", "list", "--from", "2011-01-01", "--to", "2011-01"));

    assertEquals(
        """
        job        interval    rows  attempt
        raw.sales  2011-01-01  1200  a1
        raw.sales  2011-01-02    34  a1

        1,234 rows; see --rows 5 for some of them
        """,
        console.out());
  }

  @Test
  void quarantinedRowsAreShownWithTheirReason() {
    console.engine.ledger.quarantined = List.of(new QuarantineRow("raw.sales", day(1), "a1", 2));
    console.engine.rows =
        new Rows(List.of("rule", "rows"), List.of(List.<Object>of("priced", 2L)), false);

    assertEquals(0, console.type("quarantine", "list", "sales", "--rows", "3"));

    assertEquals(
        """
        raw.sales, in /lake/quarantine/raw/sales
        rule    rows
        priced     2

        1 row
        """,
        console.out());
    assertEquals("quarantined raw.sales 1 3", console.engine.asked.get(0));
  }

  @Test
  void checkShowsHints() {
    console.engine.hints = List.of(new Problem("jobs/a.sql", 3, "", "the date filter can go"));
    console.type("check");
    assertTrue(
        console.out().contains("hint: jobs/a.sql:3: the date filter can go\n"), console.out());
  }

  @Test
  void checkNamesWhatForcesOneIntervalATask() {
    assertEquals(0, console.type("check"));
    assertEquals(
        """
        table               every  write    batch  reads
        raw.sales           day    replace     31
        analysis.fact_sale  day    replace      1  raw.sales back 7 days
        analysis.fact_sale: one interval a task, for GROUP BY at line 9

        shop: 2 tables, all good
        """,
        console.out());
  }

  @Test
  void rowsAreJsonValuesOfTheirKind() {
    console.engine.rows =
        new Rows(
            List.of("country", "rows", "revenue"),
            List.of(
                Arrays.asList("France", 3L, new BigDecimal("1200.500")),
                Arrays.asList(null, 0L, null)),
            false);

    assertEquals(0, console.type("sql", "SELECT 1", "--json"));

    assertEquals(
        "{\"columns\":[\"country\",\"rows\",\"revenue\"],"
            + "\"rows\":[[\"France\",3,1200.500],[null,0,null]]}\n",
        console.out());
    assertEquals("sql SELECT 1 OptionalInt.empty", console.engine.asked.get(0));
  }

  @Test
  void rowsThatWereCutOffAreAnnounced() {
    console.engine.rows = new Rows(List.of("n"), List.of(List.<Object>of(1)), true);

    assertEquals(0, console.type("preview", "fact_sale", "--date", "2011-01-03", "--limit", "1"));

    assertEquals("n\n1\n\n1 row, and more: see --limit\n", console.out());
    assertEquals(
        "preview analysis.fact_sale [2011-01-03, 2011-01-04) 1", console.engine.asked.get(0));
  }

  @Test
  void mixedIntervalsAreAFailure() {
    console.engine.differences = List.of("2011-01-02: 3 rows only when made alone");
    assertEquals(1, console.type("preview", "fact_sale", "--prove-batching", "--date", "2011-01"));
    assertTrue(console.out().contains("write batch = 1"), console.out());
  }
}
