package io.sluice.lake;

import org.junit.jupiter.api.Test;

/** Mistakes in what a raw table is made from. */
class WrongSourcesTest extends WrongDefinitions {

  @Test
  void aSourceWithoutAType() {
    source("path = \"a.csv\"", "jobs/raw/sales.conf:1: source.type: missing; write type = files");
  }

  @Test
  void aSourceOfALaterVersion() {
    source(
        "type = rest, url = \"https://shop\"",
        "jobs/raw/sales.conf:1: source.type: not yet: sources of type rest come with a later version; write files, weblog, xml, fixed or jdbc");
  }

  @Test
  void aSourceTypeMisspelled() {
    source(
        "type = file, path = \"a.csv\"",
        "jobs/raw/sales.conf:1: source.type: 'file' is not known here; write files");
  }

  @Test
  void aMarkerThatNobodyCouldFind() {
    source(
        "type = files, path = \"in/a.csv\", ready = _SUCCESS",
        "jobs/raw/sales.conf:1: source.ready: the path has no date that it could be for; write one, as {yyyy-MM-dd}");
    source(
        "type = files, path = \"in/{yyyy-MM-dd}/a.csv\", ready = \"done/_SUCCESS\"",
        "jobs/raw/sales.conf:1: source.ready: 'done/_SUCCESS' is a path; write the name alone: it lies beside the files");
  }

  @Test
  void aWebLogOfNoFormat() {
    source(
        "type = weblog, path = \"a.log\"",
        "jobs/raw/sales.conf:1: source.format: missing; write format = combined");
    source(
        "type = weblog, path = \"a.log\", format = combine",
        "jobs/raw/sales.conf:1: source.format: 'combine' is not known; write combined, or the format string of the server's configuration");
  }

  @Test
  void fieldsOfALogThatHasNone() {
    source(
        "type = weblog, path = \"a.log\", format = common, fields { client = ip }",
        "jobs/raw/sales.conf:1: source.fields: only format = json has fields to name; leave it out");
    source(
        "type = weblog, path = \"a.log\", format = json, fields { clint = ip }",
        "jobs/raw/sales.conf:1: source.fields.clint: not a column of web logs; write client, or give further fields in columns { NAME = string }");
  }

  @Test
  void aZoneOrAnEncodingThatIsNone() {
    source(
        "type = weblog, path = \"a.log\", format = common, zone = Londn",
        "jobs/raw/sales.conf:1: source.zone: 'Londn' is no time zone; write Europe/London");
    source(
        "type = xml, path = \"a.xml\", row = o, encoding = utf9",
        "jobs/raw/sales.conf:1: source.encoding: 'utf9' is no encoding; write UTF-8, ISO-8859-1, windows-1252 …");
  }

  @Test
  void anElementThatIsNoName() {
    source(
        "type = xml, path = \"a.xml\"",
        "jobs/raw/sales.conf:1: source.row: missing; write row = order");
    source(
        "type = xml, path = \"a.xml\", row = \"<order>\"",
        "jobs/raw/sales.conf:1: source.row: '<order>' is not the name of an element; write row = order, or row = \"orders/order\" with those around it");
  }

  @Test
  void aLayoutWithoutPlaces() {
    source(
        "type = fixed, path = \"a.txt\"",
        "jobs/raw/sales.conf:1: source.layout: missing; write layout { account = 1-10, amount = 11-22 }");
    source(
        "type = fixed, path = \"a.txt\", layout { a = 9-3 }",
        "jobs/raw/sales.conf:1: source.layout.a: '9-3' is no place in a line; write first and last character, counted from 1: a = 3-12");
  }

  @Test
  void filesWithoutAPath() {
    source(
        "type = files, format = csv",
        "jobs/raw/sales.conf:1: source.path: missing; write path = \"landing/sales/{yyyy-MM-dd}.csv\"");
  }

  @Test
  void filesOfAFormatThatCannotBeGuessed() {
    source(
        "type = files, path = \"landing/sales\"",
        "jobs/raw/sales.conf:1: source.format: missing; write format = csv");
  }

  @Test
  void filesOfAFormatThatIsNone() {
    source(
        "type = files, path = \"a.x\", format = excel",
        "jobs/raw/sales.conf:1: source.format: 'excel' is not known here; write one of csv, json, parquet, text");
  }

  @Test
  void aDatePatternThatIsNone() {
    source(
        "type = files, path = \"{date}.csv\"",
        "jobs/raw/sales.conf:1: source.path: {date} is not a pattern of a date; write {yyyy-MM-dd}");
  }

  @Test
  void aDatePatternTooCoarse() {
    source(
        "type = files, path = \"{yyyy-MM}.csv\"",
        "jobs/raw/sales.conf:1: source.path: its date does not tell one day from the next; write {yyyy-MM-dd}");
  }

  @Test
  void missingOfNoKind() {
    source(
        "type = files, path = \"a.csv\", missing = skip",
        "jobs/raw/sales.conf:1: source.missing: 'skip' is not known here; write one of empty, wait, fail");
  }

  @Test
  void aColumnOfNoType() {
    source(
        "type = files, path = \"a.csv\", columns { a = text }",
        "jobs/raw/sales.conf:1: source.columns.a: 'text' is not a type; write one of Spark SQL's: string, int, bigint, double, \"decimal(10,2)\", date, timestamp");
  }

  @Test
  void twoColumnsOfOneName() {
    source(
        "type = files, path = \"a.csv\", columns { a = string, b { name = a } }",
        "jobs/raw/sales.conf:1: source.columns.b: a second column named a; give it another name");
  }

  @Test
  void aDatabaseWithoutTable() {
    source(
        "type = jdbc, url = \"jdbc:h2:mem:a\"",
        "jobs/raw/sales.conf:1: source.table: missing; write table = customers, or query = \"SELECT …\"");
  }

  @Test
  void aDatabaseWithTableAndQuery() {
    source(
        "type = jdbc, url = \"jdbc:h2:mem:a\", table = t, query = \"SELECT 1\"",
        "jobs/raw/sales.conf:1: source.table: there is a query too; keep one");
  }

  @Test
  void aDatabaseUrlIsNotShown() {
    source(
        "type = jdbc, url = \"h2:mem:secret\", table = t",
        "jobs/raw/sales.conf:1: source.url: does not begin with jdbc:; write \"jdbc:postgresql://host/database\"");
  }

  @Test
  void partitionsWithoutAColumn() {
    source(
        "type = jdbc, url = \"jdbc:h2:mem:a\", table = t, partitions = 4",
        "jobs/raw/sales.conf:1: source.partitions: it is not said by which column; write split-by = id, a number or a date");
  }

  @Test
  void splitWithoutPartitions() {
    source(
        "type = jdbc, url = \"jdbc:h2:mem:a\", table = t, split-by = id",
        "jobs/raw/sales.conf:1: source.split-by: one reader needs no column to split by; write partitions = 4");
  }

  @Test
  void rereadOfAWholeTable() {
    source(
        "type = jdbc, url = \"jdbc:h2:mem:a\", table = t, reread = 7 days",
        "jobs/raw/sales.conf:1: source.reread: the whole table is read each time; leave it out, or write by = …");
  }

  @Test
  void aStatementTimeoutOfLessThanASecond() {
    source(
        "type = jdbc, url = \"jdbc:h2:mem:a\", table = t, statement-timeout = 500ms",
        "jobs/raw/sales.conf:1: source.statement-timeout: databases count whole seconds; write statement-timeout = 1s, or more");
    source(
        "type = jdbc, url = \"jdbc:h2:mem:a\", table = t, statement-timeout = soon",
        "jobs/raw/sales.conf:1: source.statement-timeout: 'soon' is not a length of time; write statement-timeout = 10m");
  }

  @Test
  void rereadWithoutAUnit() {
    source(
        "type = jdbc, url = \"jdbc:h2:mem:a\", table = t, by = u, reread = 7",
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
}
