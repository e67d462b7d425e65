package io.sluice.lake;

import org.junit.jupiter.api.Test;

/** Mistakes that only show where definitions meet: their SQL, inputs and tables. */
class WrongDefinitionsTest extends WrongDefinitions {

  @Test
  void anInputThatIsNotRead() {
    fact(
        "inputs { raw.fx_rate { lookback = 7 days } }",
        "jobs/analysis/fact.sql:3: inputs.raw.fx_rate: nothing here reads raw.fx_rate; leave it out");
  }

  @Test
  void anInputWithoutItsLayer() {
    fact(
        "inputs { sales { lookback = 7 days } }",
        "jobs/analysis/fact.sql:3: inputs.sales: 'sales' is not layer.table; write it as in the SQL, as raw.sales");
  }

  @Test
  void aCutInputFollowed() {
    fact(
        "inputs { raw.sales { follow = true } }",
        "jobs/analysis/fact.sql:3: inputs.raw.sales.follow: raw.sales is cut to the interval, and so followed always; leave follow out");
  }

  @Test
  void anUnknownKeyOfAnInput() {
    fact(
        "inputs { raw.sales { look-back = 7 days } }",
        "jobs/analysis/fact.sql:3: inputs.raw.sales.look-back: unknown key; write lookback");
  }

  @Test
  void aParamThatIsNotUsed() {
    fact(
        "params { vip = 1000 }",
        "jobs/analysis/fact.sql:3: params.vip: the SQL has no :vip; use it or leave it out");
  }

  @Test
  void aParamOfTheTasks() {
    fact(
        "params { from = 1000 }",
        "jobs/analysis/fact.sql:3: params.from: :from is the task's own; take another name");
  }

  @Test
  void aSourceInSql() {
    fact(
        "source { type = files }",
        "jobs/analysis/fact.sql:3: source: the SQL makes this table; leave it out, or make the file a .conf");
  }

  @Test
  void aRuleNamedWithSpaces() {
    fact(
        "expect { \"a b\" = \"a > 0\" }",
        "jobs/analysis/fact.sql:3: expect.a b: a rule's name is letters, digits and _; write a short name like known_product");
  }

  @Test
  void aStartThatIsNotThere() {
    fact(
        "partition-by = d",
        "SELECT 1 AS d",
        "jobs/analysis/fact.sql:1: start: missing, and no input has one to take over; write start = 2010-12-01");
  }

  @Test
  void noIntervalColumn() {
    fact(
        "description = a",
        "SELECT * FROM raw.sales",
        "jobs/analysis/fact.sql:1: partition-by: missing: nothing says which day a row belongs to; write partition-by = <a column of dates>, or every = none for a table without time");
  }

  @Test
  void noIntervalColumnForAMerge() {
    fact(
        "write { mode = merge, key = id }",
        "SELECT * FROM raw.sales",
        "jobs/analysis/fact.sql:1: interval-by: missing: nothing says which day a row belongs to; write interval-by = <a column of dates>, or every = none for a table without time");
  }

  @Test
  void aParamThatIsNotDefined() {
    fact(
        "partition-by = invoice_date",
        "SELECT * FROM raw.sales WHERE a > :vip",
        "jobs/analysis/fact.sql:1: params: the SQL has :vip, which is not among them; write params { vip = … }");
  }

  @Test
  void aTableWithoutItsLayer() {
    fact(
        "partition-by = d",
        """
        SELECT *
        FROM dim_product
        """,
        "jobs/analysis/fact.sql:5: the table dim_product is named without its layer; write analysis.dim_product");
  }

  @Test
  void aTableThatIsMisspelled() {
    fact(
        "partition-by = d",
        """
        SELECT *
        FROM raw.salse
        """,
        "jobs/analysis/fact.sql:5: no job makes raw.salse; did you mean raw.sales?");
  }

  @Test
  void aTableThatIsNotThere() {
    fact(
        "partition-by = d",
        """
        SELECT *
        FROM raw.weather
        """,
        "jobs/analysis/fact.sql:5: no job makes raw.weather; write jobs/raw/weather.conf or .sql, or read a table that is there");
  }

  @Test
  void aTableOfAnotherLayer() {
    fact(
        "partition-by = d",
        """
        SELECT *
        FROM raw.dim_product
        """,
        "jobs/analysis/fact.sql:5: no job makes raw.dim_product; write analysis.dim_product");
  }

  @Test
  void aReferenceOfDbt() {
    fact(
        "partition-by = d",
        """
        SELECT *
        FROM {{ ref('sales') }}
        """,
        "jobs/analysis/fact.sql:5: templates ({{ .. }}, {% .. %}) are not expanded; write the table's name with its layer: FROM layer.sales");
  }

  @Test
  void brokenSql() {
    fact(
        "partition-by = d",
        """
        SELECT *
        FRM raw.sales
        """,
        "jobs/analysis/fact.sql:5: Spark cannot parse the SQL at 'raw'; look there and just before for a missing or misspelled word, comma or bracket");
  }

  @Test
  void lookbackOnScd2() {
    fact(
        """
        partition-by = d
        start = 2011-01-01
        inputs { analysis.dim_product { lookback = 7 days } }
        """,
        "SELECT * FROM analysis.dim_product",
        "jobs/analysis/fact.sql:4: inputs.analysis.dim_product.lookback: analysis.dim_product is scd2 and seen as it was at the interval's end; leave lookback out");
  }

  @Test
  void timeOfATableWithout() {
    fact(
        """
        every = none
        start = 2011-01-01
        """,
        "SELECT * FROM raw.sales",
        "jobs/analysis/fact.sql:3: start: the whole table is one interval; leave start out, or write every = day");
  }

  @Test
  void scd2WithoutTime() {
    fact(
        """
        every = none
        write { mode = scd2, key = [id] }
        """,
        "SELECT * FROM raw.sales",
        "jobs/analysis/fact.sql:3: write.mode: scd2 needs intervals, to know when a version began; write every = day");
  }

  @Test
  void aTrackedKey() {
    fact(
        """
        interval-by = d
        write { mode = scd2, key = [id], track = [id, name] }
        """,
        "SELECT * FROM raw.sales",
        "jobs/analysis/fact.sql:3: write.track: id is of the key, which cannot change; leave it out");
  }

  @Test
  void aBatchOfAnOrderedMerge() {
    fact(
        """
        interval-by = d
        batch = 7
        write { mode = merge, key = [id], nulls = keep }
        """,
        "SELECT * FROM raw.sales",
        "jobs/analysis/fact.sql:3: batch: the merge is ordered (delete-when, nulls = keep, or no sequence-by), and of a task of several intervals one can't be taken back to be made again; leave batch out, or make the merge by longer intervals (every)");
  }

  @Test
  void aBatchOfAJobThatReadsItself() {
    fact(
        """
        partition-by = d
        batch = 7
        """,
        "SELECT * FROM raw.sales UNION ALL SELECT * FROM analysis.fact",
        "jobs/analysis/fact.sql:3: batch: the job reads its own table, so an interval needs the one before; leave batch out");
  }

  @Test
  void inputsThatNeverMeet() {
    fact(
        """
        partition-by = d
        end = 2010-01-01
        """,
        "SELECT * FROM raw.sales",
        "jobs/analysis/fact.sql:3: end: there is no interval: it would begin with 2010-12-01 and end with 2010-01-01; look at the start and end of its inputs");
  }
}
