package io.sluice.cli;

import static io.sluice.cli.FakeEngine.FACT;
import static io.sluice.cli.FakeEngine.SALES;
import static io.sluice.cli.FakeEngine.day;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.plan.Plan;
import io.sluice.plan.PlannedTask;
import io.sluice.plan.Reason;
import io.sluice.run.Verdict;
import io.sluice.time.Cadence;
import io.sluice.time.IntervalSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is planned, made and accepted, as it is typed and told. */
class RunCommandsTest {
  private final Console console = new Console();

  @Test
  void aPlanIsATableWithReasons() {
    console.engine.plan = aPlan();

    assertEquals(0, console.type("plan", "--select", "fact_sale+"));

    assertEquals(
        """
        job                 intervals  which                     why
        raw.sales                   2  2011-01-01 .. 2011-01-02  missing
        analysis.fact_sale          1  2011-01-01                source changed (2011-01-01.csv); upstream

        2 tasks, 3 intervals
        waiting: analysis.fact_sale 2011-01-03: no file yet
        note: raw.sales 2011-01-04: changed by another writer
        """,
        console.out());
  }

  @Test
  void aPlanIsOneDocumentForMachines() {
    console.engine.plan = aPlan();

    assertEquals(0, console.type("plan", "--json"));

    assertEquals(
        """
        {"tasks":[{"job":"raw.sales","from":"2011-01-01","to":"2011-01-03","intervals":2,\
        "reasons":["missing"],"why":{"missing":""}},\
        {"job":"analysis.fact_sale","from":"2011-01-01","to":"2011-01-02","intervals":1,\
        "reasons":["source changed","upstream"],"why":{"source changed":"2011-01-01.csv","upstream":""}}],\
        "waiting":[{"job":"analysis.fact_sale","ranges":[{"from":"2011-01-03","to":"2011-01-04"}],\
        "why":"no file yet"}],\
        "notes":[{"job":"raw.sales","from":"2011-01-04","to":"2011-01-05",\
        "text":"changed by another writer"}]}
        """,
        console.out());
  }

  private static Plan aPlan() {
    return new Plan(
        List.of(
            new PlannedTask(
                SALES, Cadence.DAY, List.of(day(1), day(2)), Map.of(Reason.MISSING, "")),
            new PlannedTask(
                FACT,
                Cadence.DAY,
                List.of(day(1)),
                Map.of(Reason.UPSTREAM, "", Reason.SOURCE_CHANGED, "2011-01-01.csv"))),
        List.of(new Plan.Waiting(FACT, Cadence.DAY, IntervalSet.of(day(3)), "no file yet")),
        List.of(new Plan.Note(SALES, Cadence.DAY, day(4), "changed by another writer")));
  }

  @Test
  void anEmptyPlanSaysSo() {
    assertEquals(0, console.type("plan"));
    assertEquals("Nothing to do: all that is due is made.\n", console.out());
  }

  @Test
  void theLastLineAndTheExitCodeAreTheRuns() {
    console.engine.end = new Verdict(3, "Made 1 of 2 intervals; put it right");

    assertEquals(3, console.type("run", "--to", "2011-01", "--changed"));

    assertEquals("Made 1 of 2 intervals; put it right\n", console.out());
    assertEquals("Spark's own words are in /log/sluice.log\n", console.err());
    assertEquals(
        List.of(
            "run PlanRequest[select=[], until=Optional[[2011-01-01, 2011-02-01)], changed=true,"
                + " allSources=false, backfill=Optional.empty]",
            "close"),
        console.engine.asked);
  }

  @Test
  void bothDatesOfABackfillAreIncluded() {
    assertEquals(
        0,
        console.type(
            "backfill",
            "-s",
            "raw.sales,fact_sale",
            "--from",
            "2011-01-01",
            "--to",
            "2011-01-31",
            "--no-downstream"));
    assertEquals(
        "backfill PlanRequest[select=[raw.sales, fact_sale], until=Optional.empty, changed=false,"
            + " allSources=false, backfill=Optional[Backfill[span=[2011-01-01, 2011-02-01),"
            + " downstream=false, rebuild=false, quarantined=false]]]",
        console.engine.asked.get(0));
  }

  @Test
  void acceptedIntervalsKeepTheirReason() {
    assertEquals(
        0, console.type("accept", "sales", "--date", "2011-01-03", "--reason", "export lost"));
    assertEquals(
        "accept raw.sales [[2011-01-03, 2011-01-04)]: export lost", console.engine.asked.get(0));
    assertEquals("raw.sales: 2011-01-03 counts as made\n", console.out());
  }

  @Test
  void onlyDueIntervalsAreAccepted() {
    assertEquals(2, console.type("accept", "sales", "--date", "2012", "--reason", "lost"));
    assertEquals(
        "sluice: raw.sales has no due interval there; its intervals are 2011-01-01 .. 2011-01-05\n",
        console.err());

    assertEquals(0, console.type("accept", "sales", "--date", "2011-01", "--reason", "lost"));
    assertEquals("raw.sales: 2011-01-01 .. 2011-01-05 count as made\n", console.out());
  }

  @Test
  void manyIntervalsThatWaitForTheSameAreOneLine() {
    console.engine.plan =
        new Plan(
            List.of(),
            List.of(
                new Plan.Waiting(SALES, Cadence.DAY, IntervalSet.of(day(3)), "no file 03.csv"),
                new Plan.Waiting(SALES, Cadence.DAY, IntervalSet.of(day(4)), "no file 04.csv"),
                new Plan.Waiting(SALES, Cadence.DAY, IntervalSet.of(day(5)), "asked too early")),
            List.of());
    console.type("plan");
    assertEquals(
        """
        Nothing to do now, but not all that is due is made.
        waiting: raw.sales 2011-01-03 .. 2011-01-04: no file 03.csv, and so on (2)
        waiting: raw.sales 2011-01-05: asked too early
        """,
        console.out());
  }
}
