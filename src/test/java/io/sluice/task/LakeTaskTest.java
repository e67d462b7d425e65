package io.sluice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sluice.api.Source;
import io.sluice.deltalog.Receipt;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.RowRule;
import io.sluice.lake.SourceSpec;
import io.sluice.lake.TableRule;
import io.sluice.lake.WriteSpec;
import io.sluice.source.Sources;
import io.sluice.table.DeltaTables;
import io.sluice.table.TableRead;
import io.sluice.testing.Jobs;
import io.sluice.testing.TestSpark;
import io.sluice.time.Interval;
import io.sluice.time.Lookback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole tasks: real files, real sources, real tables. */
class LakeTaskTest {
  private static final List<Interval> TWO = Jobs.days("2011-01-01", "2011-01-02");

  @TempDir Path folder;

  private final DeltaTables tables = new DeltaTables(TestSpark.session());
  private int attempts;
  private Lake lake = Jobs.lake("unset");

  @BeforeEach
  void landing() throws IOException {
    Files.createDirectories(folder.resolve("landing"));
    land("2011-01-01", "code,amount", "A,1.5", "B,-2", "B,3");
    land("2011-01-02", "code,amount", "A,2.5", "C,many", "C,4");
    Job sales =
        Jobs.source(
                "raw.sales",
                new SourceSpec(
                    Interval.ALWAYS,
                    List.of(new SourceSpec.Column("amount", "amount", Optional.of("double"))),
                    Lookback.NONE,
                    new SourceSpec.Files(
                        new SourceSpec.Landing(
                            folder + "/landing/{yyyy-MM-dd}.csv", SourceSpec.Missing.EMPTY),
                        "csv",
                        Map.of("header", "true")),
                    Jobs.origin("raw.sales")))
            .build();
    Job fact =
        Jobs.sql("analysis.fact", "SELECT code, amount, day FROM raw.sales")
            .input("raw.sales")
            .expect("positive", "amount > 0", RowRule.Action.QUARANTINE)
            .require(new TableRule.Unique("once", List.of("code"), Jobs.origin("analysis.fact")))
            .build();
    Job product =
        Jobs.sql(
                "analysis.product",
                "SELECT code, max(amount) AS price, day AS _day"
                    + " FROM raw.sales GROUP BY code, day")
            .input("raw.sales")
            .partitionBy()
            .intervalBy("_day")
            .write(
                new WriteSpec.Scd2(
                    List.of("code"), List.of(), Optional.empty(), Optional.empty(), false))
            .build();
    Job daily =
        Jobs.sql(
                "aggregate.daily",
                """
                SELECT f.day, count(*) AS lines, max(p.price) AS price
                FROM analysis.fact f JOIN analysis.product p ON p.code = f.code AND p.is_current
                GROUP BY f.day""")
            .input("analysis.fact")
            .input("analysis.product", Input.Sight.AS_OF)
            .build();
    lake = Jobs.lake(folder.toUri() + "lake", sales, fact, product, daily);
  }

  @Test
  void filesBecomeTablesThroughEveryLayer() {
    Receipt raw = made("raw.sales", TWO).receipt();
    Receipt fact = made("analysis.fact", TWO).receipt();
    made("analysis.product", TWO.subList(0, 1));
    made("analysis.product", TWO.subList(1, 2));
    made("aggregate.daily", TWO.subList(0, 1));
    made("aggregate.daily", TWO.subList(1, 2));

    assertEquals(
        List.of(new Receipt.Made(TWO.get(0), 3, 0), new Receipt.Made(TWO.get(1), 2, 1)),
        counts(raw));
    assertEquals(
        List.of(new Receipt.Made(TWO.get(0), 2, 1), new Receipt.Made(TWO.get(1), 2, 0)),
        counts(fact));
    assertEquals(
        "[2011-01-01,2,3.0][2011-01-02,2,4.0]", rows("aggregate.daily", "day", "lines", "price"));
    assertEquals("[2011-01-02T00:00,readable]", quarantined("raw.sales", raw.attempt()));
    assertEquals("[2011-01-01T00:00,positive]", quarantined("analysis.fact", fact.attempt()));
  }

  private static List<Receipt.Made> counts(Receipt receipt) {
    return receipt.made().stream()
        .map(made -> new Receipt.Made(made.interval(), made.written(), made.quarantined()))
        .toList();
  }

  @Test
  void aDayThatBreaksARuleIsLeftOutOfTheCommitWithWhatItTurnedAway() throws IOException {
    land("2011-01-01", "code,amount", "A,1", "A,2", "B,-2");
    land("2011-01-02", "code,amount", "A,1", "B,-2");
    made("raw.sales", TWO);

    Outcome.Made fact = made("analysis.fact", TWO);

    assertEquals(List.of(new Receipt.Made(TWO.get(1), 1, 1)), counts(fact.receipt()));
    assertEquals(
        List.of(
            new Outcome.Refused(
                TWO.subList(0, 1),
                "analysis.fact 2011-01-01: jobs/analysis/fact.sql:1: 2011-01-01, once: 1 row too"
                    + " many with the same code, such as (A)")),
        fact.refused());
    assertEquals("[A,1.0,2011-01-02]", rows("analysis.fact", "code", "amount", "day"));
    assertEquals(
        "[2011-01-02T00:00,positive]", quarantined("analysis.fact", fact.receipt().attempt()));
  }

  @Test
  void aTaskMadeTwiceLeavesTheSameRows() {
    made("raw.sales", TWO);
    made("analysis.fact", TWO);
    String once = rows("analysis.fact", "day", "code", "amount");

    made("raw.sales", TWO.subList(1, 2));
    made("analysis.fact", TWO.subList(0, 1));
    made("analysis.fact", TWO);

    assertEquals(once, rows("analysis.fact", "day", "code", "amount"));
  }

  @Test
  void aBrokenTableRulePublishesNothingAndNamesItsDay() throws IOException {
    made("raw.sales", TWO);
    made("analysis.fact", TWO);
    String before = rows("analysis.fact", "day", "code", "amount");
    land("2011-01-02", "code,amount", "A,2", "A,3", "A,4");
    made("raw.sales", TWO.subList(1, 2));

    Outcome.Failed failed =
        assertInstanceOf(Outcome.Failed.class, make("analysis.fact", TWO.subList(1, 2)));

    assertEquals(
        "analysis.fact 2011-01-02: jobs/analysis/fact.sql:1: 2011-01-02, once: 2 rows"
            + " too many with the same code, such as (A)",
        failed.message());
    assertEquals(FailureClass.QUALITY, failed.kind());
    assertEquals(TWO.subList(1, 2), failed.culprits());
    assertEquals(before, rows("analysis.fact", "day", "code", "amount"));
  }

  @Test
  void aTableWithoutAFileGetsItsColumnsWithTheFirst() throws IOException {
    List<Interval> empty = Jobs.days("2010-12-31", "2010-12-31");
    made("raw.sales", empty);

    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, make("analysis.fact", empty));
    assertEquals(
        "analysis.fact 2010-12-31: jobs/analysis/fact.sql:1: column `code` not found; there are"
            + " `day`, `_source`, `amount`, `_received_at`;"
            + " raw.sales has received no row yet, so only its declared columns are known: declare"
            + " the column in `columns` of its source, or run again when a file has come",
        failed.message());

    made("raw.sales", TWO);
    made("analysis.fact", empty);
    made("analysis.fact", TWO);
    assertEquals(
        "[2011-01-01,A,1.5][2011-01-01,B,3.0][2011-01-02,A,2.5][2011-01-02,C,4.0]",
        rows("analysis.fact", "day", "code", "amount"));
  }

  @Test
  void aFileThatLacksAColumnOfTheTableHasNullInItAsInABatch() throws IOException {
    land("2011-01-01", "amount", "7");
    made("raw.sales", TWO);
    String together = rows("raw.sales", "day", "code", "amount");
    assertEquals("[2011-01-01,null,7.0][2011-01-02,A,2.5][2011-01-02,C,4.0]", together);

    made("raw.sales", TWO.subList(0, 1));

    assertEquals(together, rows("raw.sales", "day", "code", "amount"));
  }

  @Test
  void versionsOfAFileThatLacksAColumnAreFilledInWhatTheFeedSendsAlone() throws IOException {
    lake =
        Jobs.lake(
            lake.root(),
            Jobs.source(
                    "raw.sales",
                    ((Making.FromSource) lake.job(Jobs.table("raw.sales")).making())
                        .sources()
                        .toArray(new SourceSpec[0]))
                .partitionBy()
                .intervalBy("_day")
                .write(
                    new WriteSpec.Scd2(
                        List.of("code"),
                        List.of("amount"),
                        Optional.empty(),
                        Optional.of("amount"),
                        false))
                .build());
    land("2011-01-01", "code,amount,note", "A,1,n");
    land("2011-01-02", "code,amount", "A,2");
    made("raw.sales", TWO.subList(0, 1));

    made("raw.sales", TWO.subList(1, 2));

    assertEquals(
        "[A,1.0,n,false][A,2.0,null,true]",
        rows("raw.sales", "code", "amount", "note", "is_current"));
  }

  private void land(String day, String... lines) throws IOException {
    Files.write(folder.resolve("landing/" + day + ".csv"), List.of(lines));
  }

  private Outcome.Made made(String job, List<Interval> intervals) {
    Outcome outcome = make(job, intervals);
    return assertInstanceOf(Outcome.Made.class, outcome, outcome.toString());
  }

  private Outcome make(String job, List<Interval> intervals) {
    Feeds feeds =
        new Feeds() {
          @Override
          public Source source(Job of) {
            return Sources.of(of, lake, Clock.systemUTC());
          }

          @Override
          public Source.KnownItems known(Job of) {
            return Source.KnownItems.NONE;
          }
        };
    return new SparkTaskMaker(TestSpark::session, lake, session -> tables, feeds)
        .make(new TaskOrder(lake.job(Jobs.table(job)), intervals, "r1", "a" + ++attempts));
  }

  private String rows(String table, String... columns) {
    String path = lake.path(Jobs.table(table));
    Dataset<Row> rows =
        tables.read(
            TestSpark.session(),
            new TableRead(
                path,
                tables.version(path).orElseThrow(),
                Optional.empty(),
                Optional.empty(),
                ZoneOffset.UTC));
    return text(rows.selectExpr(columns));
  }

  private String quarantined(String table, String attempt) {
    return text(
        tables
            .quarantined(
                TestSpark.session(), lake.quarantinePath(Jobs.table(table)), List.of(attempt))
            .orElseThrow()
            .select("interval_from", "rule"));
  }

  private static String text(Dataset<Row> rows) {
    return String.join("", rows.collectAsList().stream().map(Row::toString).sorted().toList());
  }
}
