package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryCheckTest {
  private final QueryCheck check =
      new QueryCheck(new FakeEngine().lake(), job -> job.name().equals(FakeEngine.SALES));

  @Test
  void aQueryThatReadsWhatIsThereIsLeftToSpark() {
    assertDoesNotThrow(
        () ->
            check.check(
                "WITH s AS (SELECT * FROM raw.sales) SELECT * FROM s, delta.`/tmp/x`, quarantine.analysis.fact_sale, VALUES (1)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELEC 1 | Spark cannot parse the SQL at 'SELEC'; look there and just before for a missing or misspelled word, comma or bracket",
        "SELECT * FROM raw.sale | no job makes raw.sale; did you mean raw.sales?",
        "SELECT * FROM sales | no job makes sales; did you mean raw.sales?",
        "SELECT * FROM raw.fact_sale | no job makes raw.fact_sale; did you mean analysis.fact_sale?",
        "SELECT * FROM analysis.fact_sale | analysis.fact_sale has no table yet; make it: sluice run --select +analysis.fact_sale",
        "SELECT * FROM quarantine.raw.sale | no job makes quarantine.raw.sale; did you mean quarantine.raw.sales?",
        "DELETE FROM raw.sales | it is no SELECT; the lake is only read here, tables are made by jobs",
        "DROP TABLE raw.sales | it is no SELECT; the lake is only read here, tables are made by jobs"
      })
  void whatIsWrongIsToldBeforeSparkIsStarted(String query, String told) {
    UserException e = assertThrows(UserException.class, () -> check.check(query));
    assertEquals("line 1 of the query: " + told, e.getMessage());
  }
}
