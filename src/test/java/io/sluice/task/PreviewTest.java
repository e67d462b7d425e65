package io.sluice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lake.Job;
import io.sluice.testing.Jobs;
import io.sluice.testing.TestSpark;
import io.sluice.time.Interval;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreviewTest {
  private static final List<Interval> TWO = Jobs.days("2011-01-01", "2011-01-02");

  private final MemoryTables tables = new MemoryTables();

  @BeforeEach
  void sales() {
    tables.put(
        "mem:/lake/raw/sales",
        TestSpark.session()
            .sql(
                """
                SELECT * FROM VALUES (DATE '2011-01-01', 2), (DATE '2011-01-01', 2),
                  (DATE '2011-01-02', 4) AS t(day, id)
                """));
  }

  @Test
  void rowsAreShownAndNothingIsPublished() {
    Job job = Jobs.sql("analysis.fact", "SELECT id, day FROM raw.sales").input("raw.sales").build();

    assertEquals(3, preview(job).rows(job, TWO).collectAsList().size());
    assertEquals(List.of(), tables.receipts);
  }

  @Test
  void whatCantBeMadeIsToldInOneLine() {
    Job job = Jobs.sql("analysis.fact", "SELECT no, day FROM raw.sales").input("raw.sales").build();

    assertEquals(
        "jobs/analysis/fact.sql:1: column `no` not found; there are `id`, `day`",
        assertThrows(TaskFailure.class, () -> preview(job).rows(job, TWO)).getMessage());
  }

  @Test
  void daysThatDontMixAreProvenEqual() {
    Job job =
        Jobs.sql("analysis.fact", "SELECT day, count(*) AS n FROM raw.sales GROUP BY day")
            .input("raw.sales")
            .build();

    assertTrue(preview(job).prove(job, TWO).isEqual());
  }

  @Test
  void daysThatMixAreShownByRowsOfBothWays() {
    Job job =
        Jobs.sql(
                "analysis.fact",
                "SELECT day, row_number() OVER (ORDER BY day, id) AS n FROM raw.sales")
            .input("raw.sales")
            .build();

    Preview.BatchProof proof = preview(job).prove(job, TWO);

    assertFalse(proof.isEqual());
    assertEquals(List.of("{\"day\":\"2011-01-02\",\"n\":3}"), proof.together());
    assertEquals(List.of("{\"day\":\"2011-01-02\",\"n\":1}"), proof.apart());
  }

  @Test
  void aRowMoreOrLessOfTheSameKindIsSeen() {
    Job job =
        Jobs.sql("analysis.fact", "SELECT day FROM raw.sales LIMIT 2").input("raw.sales").build();

    assertFalse(preview(job).prove(job, TWO).isEqual());
  }

  private Preview preview(Job job) {
    return new Preview(
        TestSpark.session(),
        Jobs.lake("mem:/lake", Jobs.csv("raw.sales").build(), job),
        tables,
        new FakeFeeds());
  }
}
