package io.sluice.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users are shown loads as it stands. */
class DesignExamplesTest {
  @TempDir Path folder;
  private TestProject project;

  @BeforeEach
  void start() {
    project = new TestProject(folder);
  }

  @Test
  void aRawTable() {
    Job job =
        project
            .file(
                "jobs/raw/sales.conf",
                """
                description  = "Invoice lines as the shops export them, one CSV file a day"
                source       { type = files, path = "landing/sales/{yyyy-MM-dd}.csv*", format = csv, options { header = true } }
                partition-by = invoice_date        # not in the file: filled with the interval's day
                start        = 2010-12-01
                end          = 2011-12-09          # where the source stopped; without it the last due interval
                """)
            .job("raw.sales");
    assertEquals("[2010-12-01, 2011-12-10)", job.schedule().span().toString());
    assertEquals(Optional.of("invoice_date"), job.cutColumn());
  }

  @Test
  void aFactWithSettingsInItsComment() {
    Job job =
        project
            .file(
                "jobs/analysis/fact_sale.sql",
                """
                /* sluice
                  description  = "One row per distinct invoice line, in pounds and euro"
                  partition-by = invoice_date
                  inputs  { raw.fx_rate { lookback = 7 days } }
                  expect  { known_product = "stock_code IS NOT NULL", price_known = { sql = "unit_price IS NOT NULL", action = warn } }
                  require { one_line_once = { unique = [line_key] }, some_rows = { rows = ">= 1" } }
                */
                SELECT DISTINCT s.InvoiceNo AS invoice_no, s.StockCode AS stock_code, s.invoice_date
                FROM raw.sales s JOIN raw.fx_rate fx ON fx.rate_date <= s.invoice_date
                """)
            .job("analysis.fact_sale");
    assertEquals("[2010-12-01, 2011-12-10)", job.schedule().span().toString());
    assertEquals(2, job.quality().expect().size());
    assertEquals(2, job.quality().require().size());
    assertEquals(1, job.effort().batch());
    assertTrue(job.effort().batchReason().orElse("").contains("jobs/analysis/fact_sale.sql:"));
  }

  @Test
  void daysThatCannotMixAreMadeTogether() {
    project.file(
        "jobs/aggregate/daily.sql",
        """
        /* sluice
          partition-by = invoice_date
        */
        SELECT invoice_date, country, sum(amount) AS revenue
        FROM raw.sales
        GROUP BY invoice_date, country
        """);
    Effort effort = project.job("aggregate.daily").effort();
    assertEquals(31, effort.batch());
    assertEquals(Optional.empty(), effort.batchReason());
  }

  @Test
  void aViewThatMixesDaysForcesItsReadersToOne() {
    project.file(
        "jobs/analysis/ranked.sql",
        "/* sluice\nwrite { mode = view } */\nSELECT *, row_number() OVER (ORDER BY amount) AS n FROM raw.sales");
    project.file(
        "jobs/aggregate/top.sql",
        "/* sluice\npartition-by = invoice_date */\nSELECT * FROM analysis.ranked WHERE n < 10");
    assertEquals(1, project.job("aggregate.top").effort().batch());
  }

  @Test
  void aDateFilterThatTheEngineAppliesIsAHintAndNoError() {
    project.file(
        "jobs/aggregate/daily.sql",
        """
        /* sluice
          partition-by = invoice_date
        */
        SELECT * FROM raw.sales
        WHERE invoice_date >= '2011-01-01'
        """);
    List<Problem> hints = project.loaded().hints();
    assertEquals(1, hints.size());
    assertEquals("jobs/aggregate/daily.sql", hints.get(0).file());
    assertEquals(5, hints.get(0).line());
  }

  @Test
  void namesInSqlMayBeInCapitalsAndBackQuotes() {
    project.file(
        "jobs/aggregate/daily.sql",
        "/* sluice\npartition-by = invoice_date */\nSELECT * FROM RAW.`Sales`");
    assertEquals(
        List.of(new TableName(Layer.RAW, "sales")),
        List.copyOf(project.job("aggregate.daily").inputs().keySet()));
  }
}
