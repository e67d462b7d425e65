package io.sluice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.deltalog.Receipt;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.RowRule;
import io.sluice.lake.TableRule;
import io.sluice.lake.WriteSpec;
import io.sluice.testing.Jobs;
import io.sluice.testing.TestSpark;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.Lookback;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SqlTaskTest {
  private static final List<Interval> TWO = Jobs.days("2011-01-01", "2011-01-02");
  private static final String FACT = "mem:/lake/analysis/fact";
  private static final Job SALES = Jobs.csv("raw.sales").build();

  private final MemoryTables tables = new MemoryTables();

  @BeforeEach
  void sales() {
    tables.put(
        "mem:/lake/raw/sales",
        TestSpark.session()
            .sql(
                """
                SELECT * FROM VALUES
                  (DATE '2010-12-31', 1, 1.0), (DATE '2011-01-01', 2, 2.0),
                  (DATE '2011-01-01', 3, -3.0), (DATE '2011-01-02', 4, 4.0),
                  (DATE '2011-01-03', 5, 5.0) AS t(day, id, amount)
                """));
  }

  @Test
  void aTaskSeesItsInputsCutToItsIntervalsAndSaysWhatItRead() {
    Job job = Jobs.sql("analysis.fact", "SELECT id, day FROM raw.sales").input("raw.sales").build();

    Outcome.Made made = made(job);

    assertEquals(List.of("[2,2011-01-01]", "[3,2011-01-01]", "[4,2011-01-02]"), tables.rows(FACT));
    assertEquals(
        new Receipt(
            "test",
            "analysis.fact",
            "r1",
            "a1",
            "fingerprint",
            Map.of("raw.sales", 0L),
            List.of(new Receipt.Made(TWO.get(0), 2, 0), new Receipt.Made(TWO.get(1), 1, 0))),
        made.receipt());
    assertEquals(0, made.version());
    assertEquals(1, tables.closed);
  }

  @Test
  void aWholeInputEndsWithTheTask() {
    Job job =
        Jobs.sql(
                "aggregate.total",
                "SELECT count(*) AS rows, DATE '2011-01-02' AS day FROM raw.sales")
            .input("raw.sales", Input.Sight.WHOLE)
            .build();

    made(job);

    assertEquals(List.of("[4,2011-01-02]"), tables.rows("mem:/lake/aggregate/total"));
  }

  @Test
  void rowsOfALookbackThatFallOutsideAreLeftOutAndCounted() {
    Job job =
        Jobs.sql("analysis.fact", "SELECT id, day FROM raw.sales")
            .input("raw.sales", new Lookback(7, ChronoUnit.DAYS))
            .build();

    Outcome.Made made = made(job);

    assertEquals(List.of("[2,2011-01-01]", "[3,2011-01-01]", "[4,2011-01-02]"), tables.rows(FACT));
    assertEquals(List.of("1 row outside the task's intervals left out"), made.warnings());
  }

  @Test
  void rowsThatFallOutsideOtherwiseAreAnError() {
    Job job =
        Jobs.sql("analysis.fact", "SELECT id, date_add(day, 60) AS day FROM raw.sales")
            .input("raw.sales")
            .build();

    String message = failed(job, FailureClass.DEFINITE, List.of());

    assertTrue(
        message.startsWith(
            "analysis.fact 2011-01-01 .. 2011-01-02: jobs/analysis/fact.sql:1: 3 rows belong to"
                + " none of the task's intervals, such as day = 2011-03-0"),
        message);
  }

  @Test
  void rowsAreDividedByRulesAndCounted() {
    Job job =
        Jobs.sql("analysis.fact", "SELECT id, amount, day FROM raw.sales")
            .input("raw.sales")
            .expect("positive", "amount > 0", RowRule.Action.QUARANTINE)
            .expect("small", "amount < 4", RowRule.Action.WARN)
            .build();

    Outcome.Made made = made(job);

    assertEquals(
        List.of(new Receipt.Made(TWO.get(0), 1, 1), new Receipt.Made(TWO.get(1), 1, 0)),
        made.receipt().made());
    assertEquals(List.of("small: 1 row broke it"), made.warnings());
    assertEquals(
        "[[2011-01-01T00:00,2011-01-02T00:00,positive,amount > 0,null,"
            + "{\"id\":3,\"amount\":-3.0,\"day\":\"2011-01-01\"}]]",
        String.valueOf(tables.quarantined.get("a1")));
  }

  @Test
  void aFailRuleFailsTheIntervalAndShowsARow() {
    Job job =
        Jobs.sql("analysis.fact", "SELECT id, amount, day FROM raw.sales")
            .input("raw.sales")
            .expect("positive", "amount > 0", RowRule.Action.FAIL)
            .build();

    assertEquals(
        "analysis.fact 2011-01-01 .. 2011-01-02: jobs/analysis/fact.sql:1: 2011-01-01, positive: 1"
            + " row broke it, such as {\"id\":3,\"amount\":-3.0,\"day\":\"2011-01-01\"}",
        failed(job, FailureClass.QUALITY, List.of(TWO.get(0))));
  }

  @Test
  void tooManyRowsTurnedAwayFailTheirIntervalAlone() {
    Job job =
        Jobs.sql("analysis.fact", "SELECT explode(sequence(1, 20 - id)) AS n, day FROM raw.sales")
            .input("raw.sales")
            .expect("low", "n < 10 OR day > DATE '2011-01-01'", RowRule.Action.QUARANTINE)
            .limit(10)
            .build();

    assertEquals(
        "analysis.fact 2011-01-01 .. 2011-01-02: jobs/analysis/fact.sql:1: 2011-01-01, limit: 17 of"
            + " 35 rows turned away, more than 10 %: low",
        failed(job, FailureClass.QUALITY, List.of(TWO.get(0))));
  }

  @Test
  void allTableRulesAreToldAtOnce() {
    Job job =
        Jobs.sql("analysis.fact", "SELECT id, amount, day FROM raw.sales")
            .input("raw.sales")
            .require(new TableRule.Rows("two", ">=", 2, Jobs.origin("analysis.fact")))
            .require(new TableRule.Sql("gain", "sum(amount) > 0", Jobs.origin("analysis.fact")))
            .build();

    assertEquals(
        "analysis.fact 2011-01-01 .. 2011-01-02: jobs/analysis/fact.sql:1: 2011-01-01, gain: not"
            + " true of its rows: sum(amount) > 0; jobs/analysis/fact.sql:1: 2011-01-02, two: 1"
            + " row, must be >= 2",
        failed(job, FailureClass.QUALITY, TWO));
  }

  @Test
  void aReferenceIsLookedForInAllOfATableOfWhichTheJobReadsADay() {
    Job job =
        Jobs.sql("analysis.fact", "SELECT id, id - 1 AS before, day FROM raw.sales")
            .input("raw.sales")
            .require(
                new TableRule.References(
                    "known", "before", Jobs.table("raw.sales"), "id", Jobs.origin("analysis.fact")))
            .build();

    made(job);

    assertEquals(3, tables.rows(FACT).size());
  }

  @Test
  void rulesThatCantBeAskedAreToldBeforeAnythingRuns() {
    Job job =
        Jobs.sql("analysis.fact", "SELECT id, day FROM raw.sales")
            .input("raw.sales")
            .expect("positive", "amount > 0", RowRule.Action.WARN)
            .expect("number", "id + 1", RowRule.Action.WARN)
            .require(new TableRule.Unique("once", List.of("line"), Jobs.origin("analysis.fact")))
            .build();

    assertEquals(
        "analysis.fact 2011-01-01 .. 2011-01-02: jobs/analysis/fact.sql:1: expect.positive: column"
            + " `amount` not found; there are `day`, `id`; jobs/analysis/fact.sql:1:"
            + " expect.number: id + 1 is INT; write a condition, as in amount >= 0;"
            + " jobs/analysis/fact.sql:1: require.once: no column line; there are id, day",
        failed(job, FailureClass.DEFINITE, TWO));
  }

  @Test
  void viewsAndTheTasksIntervalsStandInTheSql() {
    Job view =
        Jobs.sql("analysis.big", "SELECT * FROM raw.sales WHERE amount >= :least")
            .input("raw.sales")
            .param("least", "2")
            .write(new WriteSpec.View())
            .build();
    Job job =
        Jobs.sql(
                "analysis.fact",
                """
                SELECT i.starts AS day, sum(b.id) AS ids, :from AS f, :to AS t
                FROM intervals i JOIN analysis.big b ON b.day = i.starts
                GROUP BY i.starts""")
            .input("raw.sales")
            .view("analysis.big")
            .build();

    made(job, SALES, view);

    assertEquals(
        List.of("[2011-01-01,2,2011-01-01,2011-01-03]", "[2011-01-02,4,2011-01-01,2011-01-03]"),
        tables.rows(FACT));
  }

  @Test
  void aTableWithoutTimeIsMadeAsOne() {
    Job job =
        Jobs.sql("analysis.fact", "SELECT max(id) AS id FROM raw.sales")
            .every(Cadence.NONE)
            .input("raw.sales", Input.Sight.WHOLE)
            .write(new WriteSpec.Overwrite())
            .build();

    Outcome outcome =
        maker(job, SALES).make(new TaskOrder(job, List.of(Interval.ALWAYS), "r1", "a1"));

    assertEquals(
        List.of(new Receipt.Made(Interval.ALWAYS, 1, 0)),
        assertInstanceOf(Outcome.Made.class, outcome).receipt().made());
    assertEquals(List.of("[5]"), tables.rows(FACT));
  }

  @Test
  void aJobThatReadsItsOwnTableStartsWithoutIt() {
    Job job =
        Jobs.sql(
                "analysis.fact",
                """
                SELECT s.day, s.id, s.amount + coalesce(sum(before.balance), 0) AS balance
                FROM raw.sales s LEFT JOIN analysis.fact before ON before.day < s.day
                GROUP BY s.day, s.id, s.amount""")
            .input("raw.sales")
            .input("analysis.fact", Input.Sight.SELF)
            .build();
    SparkTaskMaker maker = maker(job, SALES);

    for (Interval day : TWO) {
      assertInstanceOf(
          Outcome.Made.class, maker.make(new TaskOrder(job, List.of(day), "r1", "a" + day)));
    }

    assertEquals(
        List.of("[2011-01-01,2,2.0]", "[2011-01-01,3,-3.0]", "[2011-01-02,4,3.0]"),
        tables.rows(FACT));
  }

  @Test
  void aColumnThatNobodyHasIsNotTakenForOneOfItsOwn() {
    Job job =
        Jobs.sql("analysis.fact", "SELECT s.day, s.no FROM raw.sales s, analysis.fact")
            .input("raw.sales")
            .input("analysis.fact", Input.Sight.SELF)
            .build();

    assertEquals(
        "analysis.fact 2011-01-01 .. 2011-01-02: jobs/analysis/fact.sql:1: column `s`.`no` not"
            + " found; there are `s`.`id`, `s`.`day`, `s`.`amount`",
        failed(job, FailureClass.DEFINITE, TWO));
  }

  @Test
  void whatGoesWrongWithARowIsToldWithItsLineAndWhatToDo() {
    Job job =
        Jobs.sql("analysis.fact", "SELECT day,\n  id / (id - 4) AS ratio\nFROM raw.sales")
            .input("raw.sales")
            .spark("spark.sql.ansi.enabled", "true")
            .build();

    assertEquals(
        "analysis.fact 2011-01-01 .. 2011-01-02: jobs/analysis/fact.sql:2: [DIVIDE_BY_ZERO]"
            + " Division by zero.; use try_divide, or NULLIF on the divisor",
        failed(job, FailureClass.DEFINITE, List.of()));
  }

  @Test
  void anInputWithoutATableIsToldByName() {
    Job job = Jobs.sql("analysis.fact", "SELECT * FROM raw.fx").input("raw.fx").build();

    assertEquals(
        "analysis.fact 2011-01-01 .. 2011-01-02: jobs/analysis/fact.sql:1: raw.fx has no table, so its"
            + " columns are not known; make it first: sluice run --select raw.fx; where its"
            + " intervals count as made all the same (accepted, or the table was removed since), by"
            + " sluice backfill --select raw.fx --from <its first interval>",
        failed(job, FailureClass.DEFINITE, TWO, Jobs.csv("raw.fx").build()));
  }

  @Test
  void aCancelledTaskStopsSoonAndPublishesNothing() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    STARTED = started;
    NEVER = never;
    Job job =
        Jobs.java("analysis.fact", Waiting.class.getName(), Map.of()).input("raw.sales").build();
    SparkTaskMaker maker = maker(job, SALES);
    Thread canceller =
        new Thread(
            () -> {
              try {
                started.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              maker.cancel("a1");
            });
    canceller.start();

    Outcome.Failed failed =
        assertInstanceOf(Outcome.Failed.class, maker.make(new TaskOrder(job, TWO, "r1", "a1")));
    never.countDown();
    canceller.join();

    assertEquals(FailureClass.CANCELLED, failed.kind());
    assertEquals(List.of(), tables.receipts);
    assertEquals(false, Thread.currentThread().isInterrupted());
  }

  @Test
  void whatIsCancelledBeforeItBeginsDoesNotBegin() {
    Job job = Jobs.sql("analysis.fact", "SELECT * FROM raw.sales").input("raw.sales").build();
    SparkTaskMaker maker =
        new SparkTaskMaker(
            () -> {
              throw new AssertionError("Spark is not needed");
            },
            Jobs.lake("file:/lake", job),
            session -> tables,
            new FakeFeeds());
    maker.cancel("a1");
    Outcome.Failed failed =
        assertInstanceOf(Outcome.Failed.class, maker.make(new TaskOrder(job, TWO, "r1", "a1")));
    assertEquals(FailureClass.CANCELLED, failed.kind());
    assertEquals(false, Thread.currentThread().isInterrupted());
  }

  private static volatile CountDownLatch STARTED = new CountDownLatch(0);
  private static volatile CountDownLatch NEVER = new CountDownLatch(0);

  /** Rows that don't come before they are told to. */
  public static final class Waiting implements io.sluice.api.Transform {
    @Override
    public org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> apply(
        io.sluice.api.TaskContext task) {
      UDF1<Integer, Integer> wait =
          id -> {
            STARTED.countDown();
            NEVER.await();
            return id;
          };
      task.spark().udf().register("waiting", wait, DataTypes.IntegerType);
      return task.input("raw.sales").selectExpr("waiting(id) AS id", "day");
    }
  }

  private Outcome.Made made(Job job, Job... others) {
    Outcome outcome = make(job, others);
    return assertInstanceOf(Outcome.Made.class, outcome, outcome.toString());
  }

  private String failed(Job job, FailureClass kind, List<Interval> culprits, Job... others) {
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, make(job, others));
    assertEquals(kind, failed.kind(), failed.message());
    assertEquals(culprits, failed.culprits(), failed.message());
    assertEquals(List.of(), tables.receipts);
    assertEquals(Map.of(), tables.quarantined);
    return failed.message();
  }

  private Outcome make(Job job, Job... others) {
    Job[] all = java.util.Arrays.copyOf(others, others.length + 1);
    all[others.length] = SALES;
    return maker(job, all).make(new TaskOrder(job, TWO, "r1", "a1"));
  }

  private SparkTaskMaker maker(Job job, Job... others) {
    Job[] all = java.util.Arrays.copyOf(others, others.length + 1);
    all[others.length] = job;
    return new SparkTaskMaker(
        TestSpark::session, Jobs.lake("mem:/lake", all), session -> tables, new FakeFeeds());
  }
}
