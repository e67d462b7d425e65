package io.sluice.source.files;

import static io.sluice.source.LandingFolder.day;
import static io.sluice.source.LandingFolder.days;
import static io.sluice.source.Rows.read;
import static io.sluice.source.Rows.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.Look;
import io.sluice.api.Source.KnownItems;
import io.sluice.api.SourceException;
import io.sluice.source.LandingFolder;
import io.sluice.source.landing.FileFailures;
import io.sluice.testing.TestSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFormatTest {

  @TempDir Path temp;

  private LandingFolder landing() {
    return new LandingFolder(temp).option("header", "true");
  }

  private static final String[] VERDICT = {"_sluice_rejected", "_sluice_raw"};

  @Test
  void rowsKnowTheirIntervalFileAndTime() throws IOException {
    var landing =
        landing().file("2011-01-01.csv", "a,b\n1,x\n").gzip("2011-01-02.csv.gz", "a,b\n2,y\n");
    Files.setLastModifiedTime(
        temp.resolve("2011-01-01.csv"),
        java.nio.file.attribute.FileTime.from(java.time.Instant.parse("2011-01-05T06:07:08Z")));
    Dataset<Row> rows =
        read(landing.source("{yyyy-MM-dd}.csv*", "csv"), days("2011-01-01", "2011-01-02"));
    assertEquals(
        List.of(
            "[1,x,2011-01-01 00:00:00,file:" + temp + "/2011-01-01.csv]",
            "[2,y,2011-01-02 00:00:00,file:" + temp + "/2011-01-02.csv.gz]"),
        shown(rows, "a", "b", "cast(_sluice_interval as string)", "_source"));
    assertEquals(
        List.of("[2011-01-05 06:07:08]"),
        shown(rows.filter("a = 1"), "cast(_received_at as string)"));
    assertEquals(List.of("[null,null]", "[null,null]"), shown(rows, VERDICT));
  }

  @Test
  void oneIntervalOfOddNamesIsReadToo() {
    var landing =
        landing()
            .file("in/odd [1] {x} % é,;.csv", "a\n1\n")
            .file("in/b c.csv", "a\n2\n")
            .newestDue(day("2011-01-01"));
    var rows = read(landing.source("in/*.csv", "csv"), days("2011-01-01", "2011-01-02"));
    assertEquals(
        List.of(
            "[1,2011-01-01 00:00:00,file:" + temp + "/in/odd [1] {x} % é,;.csv]",
            "[2,2011-01-01 00:00:00,file:" + temp + "/in/b c.csv]"),
        shown(rows, "a", "cast(_sluice_interval as string)", "_source"));
  }

  @Test
  void oddNamesOfSeveralDaysAreToldApart() {
    var landing =
        landing().file("2011-01-01 é%20.csv", "a\n1\n").file("2011-01-02 [x].csv", "a\n2\n");
    assertEquals(
        List.of("[1,2011-01-01 00:00:00]", "[2,2011-01-02 00:00:00]"),
        shown(
            read(landing.source("{yyyy-MM-dd}*.csv", "csv"), days("2011-01-01", "2011-01-02")),
            "a",
            "cast(_sluice_interval as string)"));
  }

  @Test
  void filesWithOtherHeadersAreUnitedByName() {
    var landing =
        landing()
            .file("2011-01-01.csv", "a,b\n1,x\n")
            .file("2011-01-02.csv", "b,a\ny,2\n")
            .file("2011-01-03.csv", "a,c\n3,z\n")
            .file("2011-01-04.csv", "a,b\n")
            .file("2011-01-05.csv", "");
    var rows = read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-05"));
    assertEquals(List.of("[1,x,null]", "[2,y,null]", "[3,null,z]"), shown(rows, "a", "b", "c"));
  }

  @Test
  void quotesSpacesAndDoubledQuotesAreAsReceived() {
    var landing =
        landing()
            .file(
                "2011-01-01.csv",
                "a,b,c\n1,\"RECORD FRAME 7\"\" SINGLE \", x \n2,\"a,b\",C:\\dir\\\n3,,\"\"\n");
    var rows = read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01"));
    assertEquals(
        List.of("[1,RECORD FRAME 7\" SINGLE , x ]", "[2,a,b,C:\\dir\\]", "[3,null,null]"),
        shown(rows, "a", "b", "c"));
  }

  @Test
  void linesThatDoNotFitTheHeaderAreRejectedWithTheirText() {
    var landing =
        landing()
            .file(
                "2011-01-01.csv", "a,b,c\n1,2,3\n1,2\n1,2,3,4\n\n\"x,2,3\n7,\"open\nok,\"4\",5\n");
    var rows = read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01"));
    assertEquals(
        List.of(
            "[line 3: line has 2 fields, the header has 3,1,2]",
            "[line 4: line has 4 fields, the header has 3,1,2,3,4]",
            "[line 6: a quote of the line has no end; multiLine = true reads values that span lines,\"x,2,3]",
            "[line 7: a quote of the line has no end; multiLine = true reads values that span lines,7,\"open]"),
        shown(rows.filter("_sluice_rejected is not null"), VERDICT));
    assertEquals(
        List.of("[1,2,3]", "[ok,4,5]"),
        shown(rows.filter("_sluice_rejected is null"), "a", "b", "c"));
    assertEquals(6, rows.count());
  }

  @Test
  void quotesMaySpanLinesWhenTheDefinitionSaysSo() {
    var landing =
        landing()
            .option("multiLine", "true")
            .file("2011-01-01.csv", "a,b\n1,\"two\nlines\"\n2,one\n3\n");
    var rows = read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01"));
    assertEquals(
        List.of(
            "[1,two\nlines,null,null]",
            "[2,one,null,null]",
            "[null,null,line 5: line has 1 field, the header has 2,3]"),
        shown(rows, "a", "b", "_sluice_rejected", "_sluice_raw"));
  }

  @Test
  void aQuoteWithoutAnEndCostsItsOwnLineAlone() {
    var landing =
        landing()
            .option("multiLine", "true")
            .file("2011-01-01.csv", "a,b\r\n2,\"two\r\nlines\"\r\n3,\"open\n4,four\n");
    var rows = read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01"));
    assertEquals(
        List.of(
            "[2,two\r\nlines,null,null]",
            "[4,four,null,null]",
            "[null,null,line 4: a quote of the line has no end,3,\"open]"),
        shown(rows, "a", "b", "_sluice_rejected", "_sluice_raw"));
  }

  @Test
  void whatEndsAValueThatSpansLinesIsWhatTheParserTakesForItsEnd() {
    var landing =
        landing()
            .option("multiLine", "true")
            .option("escape", "\\")
            .option("comment", "#")
            .option("header", "true")
            .file("2011-01-01.csv", "\uFEFF\"a\",b\n\"C:\\\\\",2\n\"x\\\"\",3\n# a,\"b\n1,\"y\"\n");
    assertEquals(
        List.of("[1,y,null]", "[C:\\,2,null]", "[x\",3,null]"),
        shown(
            read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01")),
            "a",
            "b",
            "_sluice_rejected"));
  }

  @Test
  void twoLinesThatEachLostAQuoteAreNotOne() {
    var landing =
        landing()
            .option("multiLine", "true")
            .file("2011-01-01.csv", "a,b\n1,\"abc\n2,\"def\n3,ghi\n");
    assertEquals(
        List.of(
            "[3,ghi,null]",
            "[null,null,line 2: a quote of the line has no end]",
            "[null,null,line 3: a quote of the line has no end]"),
        shown(
            read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01")),
            "a",
            "b",
            "_sluice_rejected"));
  }

  @Test
  void linesMayEndWithSomethingElse() {
    var landing = landing().option("lineSep", "|").file("2011-01-01.csv", "a,b|1,2|3,4\n5|6|");
    assertEquals(
        List.of(
            "[1,2,null,null]",
            "[3,4\n5,null,null]",
            "[null,null,line 4: line has 1 field, the header has 2,6]"),
        shown(
            read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01")),
            "a",
            "b",
            "_sluice_rejected",
            "_sluice_raw"));
  }

  @Test
  void theTextOfALineBehindAByteOrderMarkIsTheLine() {
    var landing = new LandingFolder(temp).file("2011-01-01.csv", "\uFEFF1,\"2\n3,4\n");
    assertEquals(
        List.of("[1,\"2]", "[null]"),
        shown(
            read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01")),
            "_sluice_raw"));
  }

  @Test
  void aHeaderBehindAByteOrderMarkIsReadOnceHoweverTheFileIsCut() {
    var landing = landing().file("2011-01-01.csv", "\uFEFFa,b\n1,x\n2,y\n3,\"\n");
    var rows =
        read(
            landing.source("{yyyy-MM-dd}.csv", "csv"),
            days("2011-01-01", "2011-01-01"),
            Map.of(
                "spark.sql.files.maxPartitionBytes", "1",
                "spark.sql.files.openCostInBytes", "0"));
    assertEquals(19, rows.rdd().getNumPartitions());
    assertEquals(
        List.of("[1,x,null]", "[2,y,null]", "[null,null,3,\"]"),
        shown(rows, "a", "b", "_sluice_raw"));
  }

  @Test
  void aValueMayNotSwallowTheRestOfItsLine() {
    var landing = landing().file("2011-01-01.csv", "a,b\n1,\"open\n2,5\" pipe\n");
    var rows = read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01"));
    assertEquals(
        List.of(
            "[2,5\" pipe,null]",
            "[null,null,line 2: a quote of the line has no end; multiLine = true reads values that"
                + " span lines]"),
        shown(rows, "a", "b", "_sluice_rejected"));
  }

  @Test
  void valuesThatTheTypeCannotHoldAreRejectedOneByOne() {
    var landing =
        landing()
            .column("Quantity", "quantity", "INT")
            .column("Price", "price", "DECIMAL(10,2)")
            .column("At", "at", "DATE")
            .file(
                "2011-01-01.csv",
                """
                Quantity,Price,At,Note
                1,2.50,2011-01-01,fine
                abc,x,2011-02-30,"all, wrong"
                1.5,,2011-01-01,half
                ,,,nothing
                 7 , 8 ,2011-01-01,spaces
                99999999999,1,2011-01-01,big
                """);
    var rows = read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01"));
    assertEquals(
        List.of(
            "[1,2.50,2011-01-01,fine]", "[7,8.00,2011-01-01,spaces]", "[null,null,null,nothing]"),
        shown(rows.filter("_sluice_rejected is null"), "quantity", "price", "at", "Note"));
    assertEquals(
        List.of(
            "[line 3: Quantity: 'abc' is not an INT; Price: 'x' is not a DECIMAL(10,2); At: '2011-02-30' is not a DATE,abc,x,2011-02-30,\"all, wrong\"]",
            "[line 4: Quantity: '1.5' is not an INT,1.5,,2011-01-01,half]",
            "[line 7: Quantity: '99999999999' is not an INT,99999999999,1,2011-01-01,big]"),
        shown(rows.filter("_sluice_rejected is not null"), VERDICT));
  }

  @Test
  void datesAreReadByTheFormatOfTheDefinition() {
    var landing =
        landing()
            .option("timestampFormat", "d/M/yyyy H:mm")
            .option("dateFormat", "dd.MM.yyyy")
            .column("t", "t", "TIMESTAMP")
            .column("d", "d", "DATE")
            .file(
                "2011-01-01.csv",
                "t,d\n1/2/2011 8:26,03.04.2011\n2011-01-01,2011-01-01\n32/1/2011 8:26,\n");
    var rows = read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01"));
    assertEquals(
        List.of(
            "[2011-02-01 08:26:00,2011-04-03,null]",
            "[null,null,line 3: t: '2011-01-01' is not a TIMESTAMP; d: '2011-01-01' is not a DATE]",
            "[null,null,line 4: t: '32/1/2011 8:26' is not a TIMESTAMP]"),
        shown(rows, "cast(t as string)", "cast(d as string)", "_sluice_rejected"));
  }

  @Test
  void encodingsByteOrderMarksAndWindowsLinesAreRead() {
    var landing =
        landing()
            .file("2011-01-01.csv", "\uFEFFname,b\r\nCafé,1\r\n")
            .file("2011-01-02.csv", "name,b\r\nThé,2");
    assertEquals(
        List.of("[Café,1]", "[Thé,2]"),
        shown(
            read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-02")),
            "name",
            "b"));
    var latin =
        landing()
            .option("encoding", "ISO-8859-1")
            .file("latin/2011-01-01.csv", "naïve;b\nCafé;1\n", StandardCharsets.ISO_8859_1)
            .option("sep", ";");
    assertEquals(
        List.of("[Café,1]"),
        shown(
            read(latin.source("latin/{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01")),
            "`naïve`",
            "b"));
    var wide =
        landing()
            .option("encoding", "UTF-16")
            .file("wide/2011-01-01.csv", "name,b\nCafé,1\n", StandardCharsets.UTF_16);
    assertEquals(
        List.of("[Café,1]"),
        shown(
            read(wide.source("wide/{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01")),
            "name",
            "b"));
  }

  @Test
  void filesWithoutAHeaderHaveNumberedColumns() {
    var landing =
        new LandingFolder(temp).column("_c1", "price", "INT").file("2011-01-01.csv", "a,1\nb,2\n");
    assertEquals(
        List.of("[a,1]", "[b,2]"),
        shown(
            read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01")),
            "_c0",
            "price"));
  }

  @Test
  void noFileGivesNoRowsButTheDeclaredColumns() {
    var landing = landing().column("A", "a", "INT");
    var rows = read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-02"));
    assertEquals(
        "a int,_sluice_interval timestamp_ntz,_source string,_received_at timestamp,_sluice_rejected string,_sluice_raw string",
        String.join(
            ",",
            Arrays.stream(rows.schema().fields())
                .map(f -> f.name() + " " + f.dataType().sql().toLowerCase(java.util.Locale.ROOT))
                .toList()));
    assertEquals(0, rows.count());
  }

  @Test
  void aColumnThatAFileDoesNotHaveIsNull() {
    var landing = landing().column("b", "b", "INT").file("2011-01-01.csv", "a\n1\n");
    assertEquals(
        List.of("[1,null,null]"),
        shown(
            read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01")),
            "a",
            "b",
            "_sluice_rejected"));
  }

  @Test
  void namesThatNoColumnCanHaveAreAnErrorThatSaysTheWayOut() {
    var source =
        landing().file("2011-01-01.csv", "Unit Price,_source\n1,2\n").source("*.csv", "csv");
    var looks =
        landing()
            .source("{yyyy-MM-dd}.csv", "csv")
            .look(days("2011-01-01", "2011-01-01"), KnownItems.NONE);
    assertEquals(
        "jobs/raw/t.conf:3: source: columns of file:"
            + temp
            + "/2011-01-01.csv: 'Unit Price' has a character that a table's column can't have, '_source' is a name that Sluice keeps for itself; give another name in columns, as in columns { \"Unit Price\" = { name = unit_price } }",
        assertThrows(SourceException.class, () -> source.read(TestSpark.session(), looks))
            .getMessage());
  }

  @Test
  void wrongOptionsAreNoFilesFault() {
    var landing = landing().file("2011-01-01.csv", "a,b\n1,2\n").option("quote", "ab");
    var source = landing.source("{yyyy-MM-dd}.csv", "csv");
    var looks = source.look(days("2011-01-01", "2011-01-01"), KnownItems.NONE);
    SourceException wrong =
        assertThrows(SourceException.class, () -> source.read(TestSpark.session(), looks));
    assertEquals(
        "jobs/raw/t.conf:3: source: options: quote cannot be more than one character.; correct them",
        wrong.getMessage());
    assertTrue(wrong.concernsAll());
  }

  @Test
  void theDaysWhoseFilesHaveSuchNamesAreNamed() {
    var source =
        landing()
            .file("2011-01-01.csv", "a,b\n1,2\n")
            .file("2011-01-02.csv", "a,Unit Price\n1,2\n")
            .file("2011-01-03.csv", "a,b\n1,2\n")
            .file("2011-01-04.csv", "a,Unit Price\n1,2\n")
            .source("{yyyy-MM-dd}.csv", "csv");
    var looks = source.look(days("2011-01-01", "2011-01-04"), KnownItems.NONE);
    assertEquals(
        List.of(day("2011-01-02"), day("2011-01-04")),
        assertThrows(SourceException.class, () -> source.read(TestSpark.session(), looks))
            .culprits());
  }

  @Test
  void aCutOffArchiveNamesItsFileAndItsDay() throws IOException {
    String lines = "a,b\n" + "1,some text that is long enough\n".repeat(50_000);
    var landing = landing().gzip("2011-01-01.csv.gz", lines).gzip("2011-01-02.csv.gz", lines);
    Path bad = temp.resolve("2011-01-02.csv.gz");
    byte[] whole = Files.readAllBytes(bad);
    Files.write(bad, Arrays.copyOf(whole, whole.length / 2));
    var source = landing.source("{yyyy-MM-dd}.csv*", "csv");
    var looks = source.look(days("2011-01-01", "2011-01-02"), KnownItems.NONE);
    Dataset<Row> rows = source.read(TestSpark.session().newSession(), looks).rows();
    Exception failure =
        assertThrows(Exception.class, () -> rows.write().format("noop").mode("overwrite").save());
    SourceException told = FileFailures.explain(failure, looks, TestSpark.session()).orElseThrow();
    assertEquals(List.of(day("2011-01-02")), told.culprits());
    assertTrue(
        String.valueOf(told.getMessage()).startsWith("file:" + bad + " can't be read: "),
        told.getMessage());
  }

  @Test
  void aFileThatIsNoArchiveIsNamedBeforeAnythingRuns() {
    var source =
        landing().file("2011-01-01.csv.gz", "a,b\n1,2\n").source("{yyyy-MM-dd}.csv*", "csv");
    var looks = source.look(days("2011-01-01", "2011-01-01"), KnownItems.NONE);
    SourceException failure =
        assertThrows(SourceException.class, () -> source.read(TestSpark.session(), looks));
    assertEquals(List.of(day("2011-01-01")), failure.culprits());
    assertTrue(
        String.valueOf(failure.getMessage())
            .startsWith("file:" + temp + "/2011-01-01.csv.gz can't be read: "),
        failure.getMessage());
  }

  @Test
  void onlyTheVerdictCanBeAskedFor() {
    var landing = landing().file("2011-01-01.csv", "a,b\n1,2\n1\n");
    var rows = read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01"));
    assertEquals(List.of("[1]"), shown(rows.filter("_sluice_rejected is not null"), "_sluice_raw"));
    assertEquals(
        List.of("[line 3: line has 1 field, the header has 2]", "[null]"),
        shown(rows, "_sluice_rejected"));
    assertEquals(1, rows.filter("_sluice_rejected is not null").count());
    assertEquals(1, rows.filter("_sluice_rejected is null").count());
  }

  @Test
  void linesInAreRowsOutWhateverTheDirt() {
    long seed = 20111209;
    var random = new java.util.Random(seed);
    String[] pieces = {
      "1", "abc", "", "\"a,b\"", "\"x", "y\"", "\"\"", "\"\"\"", " ", "é", "\\", "'"
    };
    int lines = 2_000;
    StringBuilder text = new StringBuilder("a,b,c\n");
    for (int i = 0; i < lines; i++) {
      int fields = 1 + random.nextInt(4);
      for (int f = 0; f < fields; f++) {
        // A line of white space alone is no line.
        text.append(f == 0 ? "k" : ",").append(pieces[random.nextInt(pieces.length)]);
      }
      text.append('\n');
    }
    var landing = landing().column("b", "b", "INT").file("2011-01-01.csv", text.toString());
    var rows = read(landing.source("{yyyy-MM-dd}.csv", "csv"), days("2011-01-01", "2011-01-01"));
    long good = rows.filter("_sluice_rejected is null").count();
    long bad = rows.filter("_sluice_rejected is not null and _sluice_raw is not null").count();
    assertEquals(lines, good + bad, "seed " + seed);
    assertTrue(good > 100 && bad > 100, good + " good, " + bad + " bad");
  }

  @Test
  void aFileThatWentAwayIsAPassingFailure() throws IOException {
    var source = landing().file("2011-01-01.csv", "a\n1\n").source("{yyyy-MM-dd}.csv", "csv");
    var looks = source.look(days("2011-01-01", "2011-01-01"), KnownItems.NONE);
    Files.delete(temp.resolve("2011-01-01.csv"));
    SourceException failure =
        assertThrows(SourceException.class, () -> source.read(TestSpark.session(), looks));
    assertTrue(failure.isPassing());
    assertEquals(Look.Presence.PRESENT, LandingFolder.at(looks, day("2011-01-01")).presence());
  }
}
