package io.sluice.lake;

import org.junit.jupiter.api.Test;

/** Mistakes in how a table is made, written and judged. */
class WrongJobsTest extends WrongDefinitions {

  @Test
  void sqlInSettings() {
    sales(
        "sql = \"SELECT 1\"",
        "jobs/raw/sales.conf:5: sql: SQL is a file of its own; write it to jobs/raw/sales.sql");
  }

  @Test
  void noticesOfALaterVersion() {
    sales(
        "notify { mail = \"a@example.com\" }",
        "jobs/raw/sales.conf:5: notify: not yet: notify comes with a later version; leave it out");
  }

  @Test
  void aWayToDriftThatIsNone() {
    sales(
        "drift = ignore",
        "jobs/raw/sales.conf:5: drift: 'ignore' is not known here; write one of evolve, freeze, rescue");
  }

  @Test
  void aBatchOfNone() {
    sales(
        "batch = 0",
        "jobs/raw/sales.conf:5: batch: '0' is not a whole number from 1; write batch = 1");
  }

  @Test
  void attemptsThatAreNoNumber() {
    sales(
        "retry { attempts = many }",
        "jobs/raw/sales.conf:5: retry.attempts: 'many' is not a whole number from 1; write attempts = 1");
  }

  @Test
  void aFactorBelowOne() {
    sales(
        "retry { factor = 0.5 }",
        "jobs/raw/sales.conf:5: retry.factor: '0.5' is not a number from 1; write factor = 2");
  }

  @Test
  void aLimitWithoutPercent() {
    sales(
        "limit = 0.05",
        "jobs/raw/sales.conf:5: limit: '0.05' is not a share from 0 % to 100 %; write limit = 5 %");
  }

  @Test
  void aBlockThatIsAWord() {
    sales(
        "write = merge",
        "jobs/raw/sales.conf:5: write: this is a block, not one value; write it as write { … }");
  }

  @Test
  void aWordThatIsABlock() {
    sales(
        "description { a = b }",
        "jobs/raw/sales.conf:5: description: this is one value, not a block or a list; write it as description = …");
  }

  @Test
  void anUnquotedCondition() {
    fact(
        "write { mode = merge, key = [invoice_date, id], sequence-by = seq, delete-when = op = 'D' }",
        "jobs/analysis/fact.sql:3: write.delete-when: the value has '=' and is not in quotes; write delete-when = \"op = 'D'\"");
  }

  @Test
  void aConditionSplitAtAComma() {
    fact(
        "expect { known = country IN ('UK', 'FR') }",
        "jobs/analysis/fact.sql:3: expect.known: a comma splits the value, which is not in quotes; write known = \"country IN ('UK', 'FR')\"");
  }

  @Test
  void aLookbackWithoutAUnit() {
    fact(
        "inputs { raw.sales { lookback = 7 } }",
        "jobs/analysis/fact.sql:3: inputs.raw.sales.lookback: '7' has no unit; write lookback = 7 days");
  }

  @Test
  void aLookbackThatIsNone() {
    fact(
        "inputs { raw.sales { lookback = a week } }",
        "jobs/analysis/fact.sql:3: inputs.raw.sales.lookback: 'a week' is not a number of hours, days, weeks or months; write lookback = 7 days");
  }

  @Test
  void aWriteWithoutAMode() {
    fact(
        "write { key = [id] }",
        "jobs/analysis/fact.sql:3: write.mode: missing; write mode = merge");
  }

  @Test
  void aModeThatIsNone() {
    fact(
        "write { mode = upsert, key = [id] }",
        "jobs/analysis/fact.sql:3: write.mode: 'upsert' is not known here; write merge");
  }

  @Test
  void aMergeWithoutAKey() {
    fact(
        """
        write { mode = merge }
        interval-by = day
        """,
        "jobs/analysis/fact.sql:3: write.key: missing; mode merge needs one: write key = [id]");
  }

  @Test
  void aKeyForReplace() {
    fact(
        "write { mode = replace, key = [id] }",
        "jobs/analysis/fact.sql:3: write.key: mode replace has no key; leave it out, or write mode = merge or scd2");
  }

  @Test
  void aKeyOutsideItsPartition() {
    fact(
        "write { mode = merge, key = [id] }",
        "jobs/analysis/fact.sql:2: partition-by: invoice_date is not in the key, so a key could move to another partition; add it to write.key, or write interval-by = invoice_date instead");
  }

  @Test
  void aKeyWithACommaInIt() {
    fact(
        "write { mode = merge, key = \"invoice_date, id\" }",
        "jobs/analysis/fact.sql:3: write.key: 'invoice_date, id' is one name with a comma in it; write key = [invoice_date, id]");
  }

  @Test
  void anOverwriteByDay() {
    fact(
        """
        every = day
        write { mode = overwrite }
        """,
        "jobs/analysis/fact.sql:4: write.mode: overwrite makes the whole table at once, not by the day; leave every out, or write mode = replace");
  }

  @Test
  void aViewWithPartitions() {
    fact(
        "write { mode = view }",
        "jobs/analysis/fact.sql:2: partition-by: a view is not stored, its readers say such things; leave partition-by out");
  }

  @Test
  void anActionThatIsNone() {
    fact(
        "expect { a = { sql = \"a > 0\", action = drop } }",
        "jobs/analysis/fact.sql:3: expect.a.action: 'drop' is not known here; write one of quarantine, warn, fail");
  }

  @Test
  void aConditionThatIsNoSql() {
    fact(
        "expect { a = \"amount >\" }",
        "jobs/analysis/fact.sql:3: expect.a: 'amount >': Spark cannot parse the SQL at end of input; look there and just before for a missing or misspelled word, comma or bracket");
  }

  @Test
  void aConditionThatReadsATable() {
    fact(
        "expect { a = \"id IN (SELECT id FROM raw.sales)\" }",
        "jobs/analysis/fact.sql:3: expect.a: a condition sees only the columns of its own table, not raw.sales; join in the job's SQL");
  }

  @Test
  void aConditionWithAParam() {
    fact(
        "expect { a = \"amount > :least\" }",
        "jobs/analysis/fact.sql:3: expect.a: a condition sees no :params; write the value itself");
  }

  @Test
  void rowsThatAreNoComparison() {
    fact(
        "require { a = { rows = some } }",
        "jobs/analysis/fact.sql:3: require.a.rows: 'some' is not a comparison with a number; write rows = \">= 1\"");
  }

  @Test
  void aRuleThatChecksTwoThings() {
    fact(
        "require { a = { rows = \">= 1\", unique = [id] } }",
        "jobs/analysis/fact.sql:3: require.a: one rule checks one thing, not unique and rows; give each a name of its own");
  }

  @Test
  void aRuleThatChecksNothing() {
    fact(
        "require { a = {} }",
        "jobs/analysis/fact.sql:3: require.a: it checks nothing; write one of unique, rows, not-null, references, sql");
  }

  @Test
  void aReferenceWithoutAColumn() {
    fact(
        "require { a = { references { code = dim_product } } }",
        "jobs/analysis/fact.sql:3: require.a.references.code: 'dim_product' is not layer.table.column; write code = analysis.dim_product.code");
  }

  @Test
  void aReferenceToNoTable() {
    fact(
        "require { a = { references { code = analysis.dim_prodct.code } } }",
        "jobs/analysis/fact.sql:3: no job makes analysis.dim_prodct; did you mean analysis.dim_product?");
  }
}
