package io.sluice.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.sql.ParsedSql;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.Lookback;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each key of a definition does something; each test fails where its key is ignored. */
class DefinitionKeysTest {
  private static final TableName SALES = new TableName(Layer.RAW, "sales");
  private static final TableName PRODUCT = new TableName(Layer.ANALYSIS, "dim_product");

  @TempDir Path folder;
  private TestProject project;

  @BeforeEach
  void start() {
    project = new TestProject(folder);
  }

  private Job sales(String more) {
    return project.file("jobs/raw/sales.conf", TestProject.SALES + more).job("raw.sales");
  }

  private Job fact(String settings) {
    return fact("partition-by = invoice_date\n" + settings, "SELECT * FROM raw.sales");
  }

  private Job fact(String settings, String sql) {
    return project
        .file("jobs/analysis/fact.sql", "/* sluice\n%s\n*/\n%s\n".formatted(settings, sql))
        .job("analysis.fact");
  }

  private static Input input(Job job, TableName table) {
    return Optional.ofNullable(job.inputs().get(table)).orElseThrow();
  }

  private static LocalDateTime day(String date) {
    return LocalDateTime.parse(date + "T00:00");
  }

  @Test
  void everySetsTheCadenceAndADayIsTheDefault() {
    assertEquals(Cadence.DAY, sales("").every());
    assertEquals(Cadence.WEEK, sales("every = week").every());
    assertEquals(Cadence.MONTH, sales("every = month").every());
    assertEquals(Cadence.HOUR, fact("every = hour").every());
  }

  @Test
  void startAndEndAreTheFirstAndTheLastInterval() {
    Schedule schedule = sales("").schedule();
    assertEquals(day("2010-12-01"), schedule.first());
    assertEquals(Optional.of(day("2011-12-10")), schedule.end());
  }

  @Test
  void aMonthThatIsNamedIsIncluded() {
    Schedule schedule = fact("start = 2011-01\nend = 2011-02").schedule();
    assertEquals(day("2011-01-01"), schedule.first());
    assertEquals(Optional.of(day("2011-03-01")), schedule.end());
  }

  @Test
  void startAndEndLeftOutAreThoseOfTheInputs() {
    Job fact =
        fact(
            "partition-by = invoice_date",
            "SELECT * FROM raw.sales s JOIN raw.fx_rate f ON s.invoice_date = f.rate_date");
    assertEquals(day("2010-12-01"), fact.schedule().first());
    assertEquals(Optional.of(day("2011-12-10")), fact.schedule().end());
  }

  @Test
  void aMonthTakesOverTheMonthsOfItsInputs() {
    Schedule schedule = fact("every = month").schedule();
    assertEquals(day("2010-12-01"), schedule.first());
    assertEquals(Optional.of(day("2012-01-01")), schedule.end());
  }

  @Test
  void delayMovesWhenAnIntervalIsDue() {
    assertEquals(Duration.ofHours(2), sales("delay = 2 hours").schedule().delay());
  }

  @Test
  void intervalByIsTheFirstPartitionColumnUnlessSaid() {
    assertEquals(Optional.of("invoice_date"), fact("").shape().intervalBy());
    assertEquals(
        Optional.of("arrival_date"), fact("interval-by = arrival_date").shape().intervalBy());
  }

  @Test
  void partitionByIsAColumnOrAList() {
    assertEquals(List.of("invoice_date"), fact("").shape().partitionBy());
    assertEquals(
        List.of("d", "country"),
        fact("partition-by = [d, country]", "SELECT * FROM raw.sales").shape().partitionBy());
  }

  @Test
  void aSourceWithoutPartitionsIsPartitionedByItsInterval() {
    Job job =
        project
            .file(
                "jobs/raw/sales.conf",
                "source { type = files, path = \"a.csv\" }\nstart = 2010-12-01")
            .job("raw.sales");
    assertEquals(new Shape(List.of("day"), Optional.of("day")), job.shape());
  }

  @Test
  void anInputIsCutToTheIntervalUnlessSaid() {
    Input input = input(fact(""), SALES);
    assertEquals(
        new Input(
            SALES, Input.Sight.CUT, Lookback.NONE, false, new Origin("jobs/analysis/fact.sql", 5)),
        input);
  }

  @Test
  void lookbackMakesTheCutLonger() {
    Input input = input(fact("inputs { raw.sales { lookback = 7 days } }"), SALES);
    assertEquals(new Lookback(7, ChronoUnit.DAYS), input.lookback());
    assertEquals(Input.Sight.CUT, input.sight());
  }

  @Test
  void wholeAndFollow() {
    Input input =
        input(
            fact("start = 2011-01-01\ninputs { raw.sales { whole = true, follow = true } }"),
            SALES);
    assertEquals(Input.Sight.WHOLE, input.sight());
    assertTrue(input.follow());
  }

  @Test
  void anInputWithTheNameInQuotesIsTheSame() {
    Input input = input(fact("inputs { \"raw.sales\" { lookback = 1 month } }"), SALES);
    assertEquals(new Lookback(1, ChronoUnit.MONTHS), input.lookback());
  }

  @Test
  void anScd2InputIsSeenAsOfTheEnd() {
    Job job =
        fact(
            "partition-by = invoice_date",
            "SELECT * FROM raw.sales JOIN analysis.dim_product USING (stock_code)");
    assertEquals(Input.Sight.AS_OF, input(job, PRODUCT).sight());
    assertEquals(Input.Sight.CUT, input(job, SALES).sight());
    assertEquals(day("2010-12-01"), job.schedule().first());
  }

  @Test
  void theOwnTableIsSeenBeforeTheInterval() {
    Job job =
        fact(
            "partition-by = invoice_date",
            "SELECT * FROM raw.sales UNION ALL SELECT * FROM analysis.fact");
    assertEquals(Input.Sight.SELF, input(job, job.name()).sight());
    assertEquals(1, job.effort().batch());
    assertTrue(job.isOrdered());
  }

  @Test
  void aTableWithoutTimeSeesItsInputsWhole() {
    Job job = fact("every = none", "SELECT * FROM raw.sales");
    assertEquals(Input.Sight.WHOLE, input(job, SALES).sight());
    assertInstanceOf(WriteSpec.Overwrite.class, job.write());
    assertEquals(Interval.ALWAYS, job.schedule().span());
  }

  @Test
  void expectHasThreeActions() {
    List<RowRule> rules =
        fact("""
                expect {
                  known = "stock_code IS NOT NULL"
                  priced = { sql = "price IS NOT NULL", action = warn }
                  dated { sql = "day IS NOT NULL", action = fail }
                  kept { sql = "a = 1", action = quarantine }
                }""")
            .quality()
            .expect();
    Origin first = new Origin("jobs/analysis/fact.sql", 4);
    assertEquals(
        new RowRule("known", "stock_code IS NOT NULL", RowRule.Action.QUARANTINE, first),
        rules.get(0));
    assertEquals(
        List.of("known QUARANTINE", "priced WARN", "dated FAIL", "kept QUARANTINE"),
        rules.stream().map(rule -> rule.name() + " " + rule.action()).toList());
  }

  @Test
  void limitIsAShareOfRows() {
    assertEquals(5, fact("").quality().limitPercent());
    assertEquals(2.5, fact("limit = 2.5 %").quality().limitPercent());
    assertEquals(0, fact("limit = 0%").quality().limitPercent());
  }

  @Test
  void requireHasFiveKinds() {
    Job job =
        fact(
            """
            require {
              once = { unique = [line_key] }
              some = { rows = ">= 1" }
              full = { not-null = [a, b] }
              known = { references { stock_code = analysis.dim_product.stock_code } }
              sane = { sql = "sum(amount) > 0" }
            }""");
    String file = "jobs/analysis/fact.sql";
    assertEquals(
        List.of(
            new TableRule.Unique("once", List.of("line_key"), new Origin(file, 4)),
            new TableRule.Rows("some", ">=", 1, new Origin(file, 5)),
            new TableRule.NotNull("full", List.of("a", "b"), new Origin(file, 6)),
            new TableRule.References(
                "known", "stock_code", PRODUCT, "stock_code", new Origin(file, 7)),
            new TableRule.Sql("sane", "sum(amount) > 0", new Origin(file, 8))),
        job.quality().require());
    assertEquals(Input.Sight.AS_OF, input(job, PRODUCT).sight());
  }

  @Test
  void aTableThatOnlyARuleLooksIntoIsAWholeInput() {
    Job job = fact("require { rated = { references { d = raw.fx_rate.rate_date } } }");
    Input rates = input(job, new TableName(Layer.RAW, "fx_rate"));
    assertEquals(Input.Sight.WHOLE, rates.sight());
  }

  @Test
  void replaceIsTheWayOfWritingUnlessSaid() {
    assertEquals(new WriteSpec.Replace(), fact("").write());
    assertEquals(new WriteSpec.Replace(), fact("write { mode = replace }").write());
  }

  @Test
  void mergeWithAllItsKeys() {
    Job job =
        fact(
            """
            interval-by = updated_day
            write { mode = merge, key = order_id, sequence-by = updated_at, delete-when = "op = 'D'", nulls = keep }""",
            "SELECT * FROM raw.sales");
    assertEquals(
        new WriteSpec.Merge(
            List.of("order_id"), Optional.of("updated_at"), Optional.of("op = 'D'"), true),
        job.write());
  }

  @Test
  void scd2WithAllItsKeys() {
    Job job =
        fact(
            """
            interval-by = d
            write { mode = scd2, key = [stock_code], track = [price], effective = updated_at, sequence-by = seq, absent = close }""",
            "SELECT * FROM raw.sales");
    assertEquals(
        new WriteSpec.Scd2(
            List.of("stock_code"),
            List.of("price"),
            Optional.of("updated_at"),
            Optional.of("seq"),
            true),
        job.write());
  }

  @Test
  void overwriteMakesATableWithoutTime() {
    Job job = fact("write { mode = overwrite }", "SELECT * FROM raw.sales");
    assertEquals(new WriteSpec.Overwrite(), job.write());
    assertEquals(Cadence.NONE, job.every());
  }

  @Test
  void aViewIsPutIntoItsReaders() {
    project.file(
        "jobs/analysis/lines.sql",
        """
        /* sluice
          write { mode = view }
          params { least = 5 }
          inputs { raw.sales { lookback = 2 days } }
        */
        SELECT * FROM raw.sales WHERE quantity > :least
        """);
    Job job = fact("partition-by = invoice_date", "SELECT * FROM analysis.lines");
    assertEquals(List.of(new TableName(Layer.ANALYSIS, "lines")), job.views());
    assertEquals(List.of(SALES), List.copyOf(job.inputs().keySet()));
    assertEquals(new Lookback(2, ChronoUnit.DAYS), input(job, SALES).lookback());
    assertEquals(Map.of("least", "5"), job.params());
    assertEquals(day("2010-12-01"), job.schedule().first());
    assertFalse(project.job("analysis.lines").isMade());
  }

  @Test
  void batchIsWhatTheUserSays() {
    assertEquals(31, sales("").effort().batch());
    assertEquals(7, sales("batch = 7").effort().batch());
  }

  @Test
  void aTableThatIsKnownNotToBatchSaysWhy() {
    Job job =
        fact(
            "partition-by = invoice_date",
            "SELECT *, row_number() OVER (ORDER BY a) AS n FROM raw.sales");
    assertEquals(1, job.effort().batch());
    assertTrue(job.effort().batchReason().orElse("").endsWith("(jobs/analysis/fact.sql:4)"));
  }

  @Test
  void retryWithAllItsKeys() {
    assertEquals(RetrySpec.DEFAULT, sales("").effort().retry());
    assertEquals(
        new RetrySpec(5, Duration.ofSeconds(1), 3.5, Duration.ofMinutes(1)),
        sales("retry { attempts = 5, delay = 1s, factor = 3.5, max-delay = 1m }").effort().retry());
  }

  @Test
  void timeout() {
    assertEquals(Optional.empty(), sales("").effort().timeout());
    assertEquals(Optional.of(Duration.ofHours(2)), sales("timeout = 2h").effort().timeout());
  }

  @Test
  void paramsAreSqlLiterals() {
    Job job =
        fact(
            "partition-by = d\nparams { vip = 1000, rate = 1.50, name = \"O'Neil\", on = true }",
            "SELECT :vip, :rate, :name, :on, :from, :to, d FROM raw.sales");
    assertEquals(
        Map.of("vip", "1000", "rate", "1.50", "name", "'O\\'Neil'", "on", "true"), job.params());
  }

  @Test
  void sparkSettingsInQuotesOrNot() {
    assertEquals(
        Map.of("spark.sql.shuffle.partitions", "400", "spark.sql.ansi.enabled", "true"),
        sales("spark { \"spark.sql.shuffle.partitions\" = 400, spark.sql.ansi.enabled = true }")
            .effort()
            .spark());
  }

  @Test
  void javaWithItsOptions() {
    Job job =
        project
            .file(
                "jobs/feature/sessions.conf",
                """
                java = com.acme.Sessionize
                options { gap = 30 minutes }
                inputs { raw.sales { lookback = 1 day } }
                partition-by = invoice_date
                """)
            .job("feature.sessions");
    assertEquals(
        new Making.FromJava("com.acme.Sessionize", Map.of("gap", "30 minutes")), job.making());
    assertEquals(new Lookback(1, ChronoUnit.DAYS), input(job, SALES).lookback());
    assertEquals(1, job.effort().batch());
  }

  @Test
  void externalIsReadAndNeverWritten() {
    Job job =
        project
            .file(
                "jobs/raw/clicks.conf",
                """
                external { path = "s3a://theirs/clicks/", partition-by = day }
                start = 2011-01-01
                """)
            .job("raw.clicks");
    assertEquals(new Making.External("s3a://theirs/clicks"), job.making());
    assertEquals(Optional.of("day"), job.cutColumn());
    assertFalse(job.isMade());
  }

  @Test
  void anExternalTableWithoutPartitionsHasNoTime() {
    Job job =
        project
            .file("jobs/raw/countries.conf", "external { path = \"theirs/countries\" }")
            .job("raw.countries");
    assertEquals(Cadence.NONE, job.every());
    assertEquals(new Making.External("file:" + folder + "/theirs/countries"), job.making());
  }

  @Test
  void descriptionAndTags() {
    Job job = sales("description = \"As exported\"\ntags = [finance, shop]");
    assertEquals("As exported", job.description());
    assertEquals(List.of("finance", "shop"), job.tags());
  }

  @Test
  void theSqlIsTheJob() {
    ParsedSql sql = ((Making.FromSql) fact("tags = a").making()).sql();
    assertEquals(5, sql.firstLine());
    assertTrue(sql.text().startsWith("SELECT * FROM raw.sales"));
  }

  @Test
  void theFingerprintIsOfWhatShapesRows() {
    String print = fact("").fingerprint();
    for (String same :
        List.of(
            "description = a",
            "tags = [a]",
            "batch = 3",
            "retry { attempts = 9 }",
            "timeout = 1h",
            "spark { a = b }",
            "delay = 1h",
            "require { a = { rows = \"> 1\" } }")) {
      assertEquals(print, fact(same).fingerprint(), same);
    }
    for (String other :
        List.of(
            "interval-by = a",
            "every = month",
            "inputs { raw.sales { lookback = 1 day } }",
            "expect { a = \"a > 1\" }",
            "write { mode = merge, key = [invoice_date] }")) {
      assertNotEquals(print, fact(other).fingerprint(), other);
    }
    String filtered = "SELECT * FROM raw.sales WHERE a > 1 -- note";
    String unfiltered = "select *   FROM raw.sales";
    assertNotEquals(print, fact("partition-by = invoice_date", filtered).fingerprint());
    assertEquals(print, fact("partition-by = invoice_date", unfiltered).fingerprint());
  }
}
