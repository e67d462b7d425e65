package io.sluice.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each mistake has a message of its own, with its place and what to write instead. */
class WrongDefinitionsTest {
  @TempDir Path folder;
  private TestProject project;

  @BeforeEach
  void start() {
    project = new TestProject(folder);
  }

  /** The settings of a raw table, after those that are right. */
  private void sales(String more, String expected) {
    project.file("jobs/raw/sales.conf", TestProject.SALES + more);
    assertEquals(expected, project.problems());
  }

  /** The whole of a raw table's file. */
  private void raw(String text, String expected) {
    project.file("jobs/raw/sales.conf", text);
    assertEquals(expected, project.problems());
  }

  /** A job in SQL, whose settings begin on line 2. */
  private void fact(String settings, String sql, String expected) {
    project.file("jobs/analysis/fact.sql", "/* sluice\n%s\n*/\n%s\n".formatted(settings, sql));
    assertEquals(expected, project.problems());
  }

  private void fact(String settings, String expected) {
    fact("partition-by = invoice_date\n" + settings, "SELECT * FROM raw.sales", expected);
  }

  @Test
  void theProjectItselfIsRight() {
    assertEquals("", project.problems());
  }

  @Test
  void anUnderscore() {
    sales(
        "partition_by = a", "jobs/raw/sales.conf:5: partition_by: unknown key; write partition-by");
  }

  @Test
  void aMisspelledKey() {
    sales(
        "descripton = a",
        "jobs/raw/sales.conf:5: descripton: unknown key; did you mean description?");
  }

  @Test
  void aKeyThatNobodyKnows() {
    sales(
        "xylophone = a",
        "jobs/raw/sales.conf:5: xylophone: unknown key; known here: batch, delay, description, end, every, expect, inputs, interval-by, limit, params, partition-by, require, retry, source, spark, start, tags, timeout, write");
  }

  @Test
  void daily() {
    sales("every = daily", "jobs/raw/sales.conf:5: every: 'daily' is not known here; write day");
  }

  @Test
  void aCadenceThatIsNone() {
    sales(
        "every = fortnight",
        "jobs/raw/sales.conf:5: every: 'fortnight' is not known here; write one of hour, day, week, month, none");
  }

  @Test
  void aDateThatIsNone() {
    raw(
        """
        source { type = files, path = "a.csv" }
        start = 2010-13-01
        """,
        "jobs/raw/sales.conf:2: start: '2010-13-01' is not a date; write start = 2010-12-01 (or 2010-12 for a month, \"2010-12-01T05\" for an hour)");
  }

  @Test
  void anEndBeforeTheStart() {
    raw(
        """
        source { type = files, path = "a.csv" }
        start = 2011-01-01
        end = 2010-12-01
        """,
        "jobs/raw/sales.conf:3: end: it is before the start; both are included, so write a later end");
  }

  @Test
  void anEndWithoutAStart() {
    raw(
        """
        source { type = files, path = "a.csv" }
        end = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: start: missing, and no input has one to take over; write start = 2010-12-01");
  }

  @Test
  void aDelayWithoutAUnit() {
    sales("delay = 2", "jobs/raw/sales.conf:5: delay: '2' has no unit; write delay = 2 hours");
  }

  @Test
  void aDelayThatIsNoTime() {
    sales(
        "delay = soon",
        "jobs/raw/sales.conf:5: delay: 'soon' is not a length of time; write delay = 2 hours");
  }

  @Test
  void aKeyTwice() {
    sales(
        """
        tags = [a]
        tags = [b]
        """,
        "jobs/raw/sales.conf:6: tags: written twice, first on line 5; keep one");
  }

  @Test
  void anUnquotedUrl() {
    raw(
        """
        source { type = files, path = s3a://landing/sales.csv, format = csv }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.path: the value has ':' and is not in quotes; write path = \"s3a://landing/sales.csv\"");
  }

  @Test
  void anUnquotedBrace() {
    raw(
        """
        source { type = files, path = landing/{yyyy-MM-dd}.csv*, format = csv }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.path: the value has '{' and is not in quotes; write path = \"landing/{yyyy-MM-dd}.csv*\"");
  }

  @Test
  void anUnquotedStar() {
    raw(
        """
        source { type = files, path = landing/*.csv, format = csv }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.path: the value has '*' and is not in quotes; write path = \"landing/*.csv\"");
  }

  @Test
  void aValueThatHoconCuts() {
    sales(
        "description = items#1",
        "jobs/raw/sales.conf:5: description: HOCON takes '#1' for a comment and cuts it off; write description = \"items#1\"");
  }

  @Test
  void aValueThatHoconCutsAtSlashes() {
    sales(
        "description = a//b",
        "jobs/raw/sales.conf:5: description: HOCON takes '//b' for a comment and cuts it off; write description = \"a//b\"");
  }

  @Test
  void aVariableInQuotes() {
    raw(
        """
        source { type = files, path = "${LANDING}/sales.csv" }
        start = 2010-12-01
        """,
        """
        jobs/raw/sales.conf:1: source.path: HOCON fills in nothing inside quotes; write path = ${LANDING}"/sales.csv"
        jobs/raw/sales.conf:1: source.path: the environment has no LANDING; set it, or write ${?LANDING} if it may be missing""");
  }

  @Test
  void aVariableThatIsNotSet() {
    raw(
        """
        source { type = files, path = ${LANDING}"/sales.csv" }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.path: the environment has no LANDING; set it, or write ${?LANDING} if it may be missing");
  }

  @Test
  void anInclude() {
    sales(
        "include \"other.conf\"",
        "jobs/raw/sales.conf:5: include is not read here; write the settings out, or put what all jobs share under defaults in conf/lake.conf");
  }

  @Test
  void aBraceThatIsNotClosed() {
    sales(
        "retry { attempts = 3",
        "jobs/raw/sales.conf:5: not HOCON: Expecting close brace } or a comma, got end of file; look for an open brace or quote, or put the value in quotes");
  }

  @Test
  void aSourceWithoutAType() {
    raw(
        """
        source { path = "a.csv" }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.type: missing; write type = files");
  }

  @Test
  void aSourceOfALaterVersion() {
    raw(
        """
        source { type = weblog, path = "a.log" }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.type: not yet: sources of type weblog come with a later version; write files or jdbc");
  }

  @Test
  void aSourceTypeMisspelled() {
    raw(
        """
        source { type = file, path = "a.csv" }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.type: 'file' is not known here; write files");
  }

  @Test
  void filesWithoutAPath() {
    raw(
        """
        source { type = files, format = csv }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.path: missing; write path = \"landing/sales/{yyyy-MM-dd}.csv\"");
  }

  @Test
  void filesOfAFormatThatCannotBeGuessed() {
    raw(
        """
        source { type = files, path = "landing/sales" }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.format: missing; write format = csv");
  }

  @Test
  void filesOfAFormatThatIsNone() {
    raw(
        """
        source { type = files, path = "a.x", format = excel }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.format: 'excel' is not known here; write one of csv, json, parquet, text");
  }

  @Test
  void aDatePatternThatIsNone() {
    raw(
        """
        source { type = files, path = "{date}.csv" }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.path: {date} is not a pattern of a date; write {yyyy-MM-dd}");
  }

  @Test
  void aDatePatternTooCoarse() {
    raw(
        """
        source { type = files, path = "{yyyy-MM}.csv" }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.path: its date does not tell one day from the next; write {yyyy-MM-dd}");
  }

  @Test
  void missingOfNoKind() {
    raw(
        """
        source { type = files, path = "a.csv", missing = skip }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.missing: 'skip' is not known here; write one of empty, wait, fail");
  }

  @Test
  void aColumnOfNoType() {
    raw(
        """
        source { type = files, path = "a.csv", columns { a = text } }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.columns.a: 'text' is not a type; write one of Spark SQL's: string, int, bigint, double, \"decimal(10,2)\", date, timestamp");
  }

  @Test
  void twoColumnsOfOneName() {
    raw(
        """
        source { type = files, path = "a.csv", columns { a = string, b { name = a } } }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.columns.b: a second column named a; give it another name");
  }

  @Test
  void aDatabaseWithoutTable() {
    raw(
        """
        source { type = jdbc, url = "jdbc:h2:mem:a" }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.table: missing; write table = customers, or query = \"SELECT …\"");
  }

  @Test
  void aDatabaseWithTableAndQuery() {
    raw(
        """
        source { type = jdbc, url = "jdbc:h2:mem:a", table = t, query = "SELECT 1" }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.table: there is a query too; keep one");
  }

  @Test
  void aDatabaseUrlIsNotShown() {
    raw(
        """
        source { type = jdbc, url = "h2:mem:secret", table = t }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.url: does not begin with jdbc:; write \"jdbc:postgresql://host/database\"");
  }

  @Test
  void partitionsWithoutAColumn() {
    raw(
        """
        source { type = jdbc, url = "jdbc:h2:mem:a", table = t, partitions = 4 }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.partitions: it is not said by which column; write split-by = id, a number or a date");
  }

  @Test
  void splitWithoutPartitions() {
    raw(
        """
        source { type = jdbc, url = "jdbc:h2:mem:a", table = t, split-by = id }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.split-by: one reader needs no column to split by; write partitions = 4");
  }

  @Test
  void rereadOfAWholeTable() {
    raw(
        """
        source { type = jdbc, url = "jdbc:h2:mem:a", table = t, reread = 7 days }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.reread: the whole table is read each time; leave it out, or write by = …");
  }

  @Test
  void rereadWithoutAUnit() {
    raw(
        """
        source { type = jdbc, url = "jdbc:h2:mem:a", table = t, by = u, reread = 7 }
        start = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: source.reread: '7' has no unit; write reread = 7 days");
  }

  @Test
  void sourcesThatOverlap() {
    raw(
        """
        start = 2010-12-01
        source = [
          { type = files, path = "a.csv", end = 2011-06-30 }
          { type = files, path = "b.csv", start = 2011-06-15 }
        ]
        """,
        "jobs/raw/sales.conf:4: source: it begins with 2011-06-15, when the one before has not ended; give that an end, and this a start after it");
  }

  @Test
  void sourcesWithAGap() {
    raw(
        """
        start = 2010-12-01
        source = [
          { type = files, path = "a.csv", end = 2011-06-30 }
          { type = files, path = "b.csv", start = 2011-07-15 }
        ]
        """,
        "jobs/raw/sales.conf:4: source: from 2011-07-01 until it begins with 2011-07-15 there is no source; move its start, or the end of the one before");
  }

  @Test
  void noWordOfWhatMakesIt() {
    raw(
        "start = 2010-12-01",
        "jobs/raw/sales.conf:1: nothing says what makes raw.sales; write source { … }, java = … or external { … }, or the SQL in jobs/raw/sales.sql");
  }

  @Test
  void twoThingsThatMakeIt() {
    sales(
        "java = com.acme.Sales",
        "jobs/raw/sales.conf:1: one thing makes a table, not source and java; keep one");
  }

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
