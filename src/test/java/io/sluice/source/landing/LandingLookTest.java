package io.sluice.source.landing;

import static io.sluice.source.LandingFolder.at;
import static io.sluice.source.LandingFolder.day;
import static io.sluice.source.LandingFolder.days;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.Look;
import io.sluice.api.Source.KnownItems;
import io.sluice.lake.SourceSpec.Missing;
import io.sluice.source.LandingFolder;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingLookTest {

  @TempDir Path temp;

  private LandingFolder landing() {
    return new LandingFolder(temp);
  }

  private List<String> names(Look look) {
    return look.items().stream()
        .map(i -> i.id().substring(("file:" + temp + "/").length()))
        .toList();
  }

  @Test
  void eachDayHasItsFilesInOrder() {
    var source =
        landing()
            .file("2011-01-02.csv.gz", "x")
            .file("2011-01-01.csv", "x")
            .file("2011-01-02.csv", "xy")
            .file("2011-01-03.csv", "x")
            .file("notes.txt", "x")
            .source("{yyyy-MM-dd}.csv*", "csv");
    Map<Interval, Look> looks = source.look(days("2011-01-01", "2011-01-02"), KnownItems.NONE);
    assertEquals(List.of("2011-01-01.csv"), names(at(looks, day("2011-01-01"))));
    assertEquals(
        List.of("2011-01-02.csv", "2011-01-02.csv.gz"), names(at(looks, day("2011-01-02"))));
    assertEquals(2, looks.size());
    assertEquals(2, at(looks, day("2011-01-02")).items().get(0).bytes());
  }

  @Test
  void filesThatAreNotMeantAreLeftOut() {
    var source =
        landing()
            .file("2011-01-01.csv", "x")
            .file("2011-01-01.csv.tmp", "x")
            .file("2011-01-01.csv.part1", "x")
            .file("2011-01-01.csv.bak", "x")
            .exclude("*.tmp")
            .exclude("*.part?")
            .source("{yyyy-MM-dd}.csv*", "csv");
    assertEquals(
        List.of("2011-01-01.csv", "2011-01-01.csv.bak"),
        names(
            at(source.look(days("2011-01-01", "2011-01-01"), KnownItems.NONE), day("2011-01-01"))));
  }

  @Test
  void anIntervalWaitsForItsMarker() {
    var landing =
        landing()
            .file("2011-01-01/a.csv", "x")
            .file("2011-01-01/_SUCCESS", "")
            .file("2011-01-02/a.csv", "x")
            .file("2011-01-03/_SUCCESS", "")
            .ready("_SUCCESS");
    var looks =
        landing
            .source("{yyyy-MM-dd}/*.csv", "csv")
            .look(days("2011-01-01", "2011-01-03"), KnownItems.NONE);
    assertEquals(List.of("2011-01-01/a.csv"), names(at(looks, day("2011-01-01"))));
    assertEquals(
        new Look(
            Look.Presence.AWAITED, List.of(), "no file %s/2011-01-02/_SUCCESS yet".formatted(temp)),
        at(looks, day("2011-01-02")));
    assertEquals(Look.Presence.EMPTY, at(looks, day("2011-01-03")).presence());
  }

  @Test
  void aMarkerMaySayItsDateItself() {
    var looks =
        landing()
            .file("in/a-2011-01-01.csv", "x")
            .file("in/a-2011-01-02.csv", "x")
            .file("in/a-2011-01-02.done", "")
            .ready("a-{yyyy-MM-dd}.done")
            .source("in/a-{yyyy-MM-dd}.csv", "csv")
            .look(days("2011-01-01", "2011-01-02"), KnownItems.NONE);
    assertEquals(Look.Presence.AWAITED, at(looks, day("2011-01-01")).presence());
    assertEquals(Look.Presence.PRESENT, at(looks, day("2011-01-02")).presence());
  }

  @Test
  void aFileThatWasJustWrittenMayStillGrow() throws IOException {
    var landing =
        landing()
            .file("2011-01-01.csv", "x")
            .file("2011-01-02.csv", "x")
            .settle(
                java.time.Duration.ofMinutes(5),
                java.time.Clock.fixed(
                    java.time.Instant.ofEpochSecond(1_000), java.time.ZoneOffset.UTC));
    Files.setLastModifiedTime(
        temp.resolve("2011-01-01.csv"), java.nio.file.attribute.FileTime.fromMillis(700_000));
    Files.setLastModifiedTime(
        temp.resolve("2011-01-02.csv"), java.nio.file.attribute.FileTime.fromMillis(700_001));
    var looks =
        landing
            .source("{yyyy-MM-dd}.csv", "csv")
            .look(days("2011-01-01", "2011-01-02"), KnownItems.NONE);
    assertEquals(Look.Presence.PRESENT, at(looks, day("2011-01-01")).presence());
    assertEquals(
        new Look(
            Look.Presence.AWAITED,
            List.of(),
            "file:%s/2011-01-02.csv was just written and may still grow".formatted(temp)),
        at(looks, day("2011-01-02")));
  }

  @Test
  void theVersionChangesWithSizeAndWithTime() throws IOException {
    var landing = landing().file("2011-01-01.csv", "a");
    var source = landing.source("{yyyy-MM-dd}.csv", "csv");
    List<Interval> day = days("2011-01-01", "2011-01-01");
    Look first = at(source.look(day, KnownItems.NONE), day.get(0));
    Files.setLastModifiedTime(
        temp.resolve("2011-01-01.csv"), java.nio.file.attribute.FileTime.fromMillis(1_000));
    Look second = at(source.look(day, KnownItems.NONE), day.get(0));
    assertNotEquals(first, second);
    assertEquals("1-1000", second.items().get(0).version());
  }

  @Test
  void foldersOfYearsMonthsAndDaysAreWalked() {
    var source =
        landing()
            .file("2011/01/31/a.csv", "x")
            .file("2011/01/31/b.csv", "x")
            .file("2011/02/01/a.csv", "x")
            .file("2011/02/30/a.csv", "x")
            .file("old/02/01/a.csv", "x")
            .source("{yyyy}/{MM}/{dd}/*.csv", "csv");
    var looks = source.look(days("2011-01-31", "2011-02-01"), KnownItems.NONE);
    assertEquals(
        List.of("2011/01/31/a.csv", "2011/01/31/b.csv"), names(at(looks, day("2011-01-31"))));
    assertEquals(List.of("2011/02/01/a.csv"), names(at(looks, day("2011-02-01"))));
  }

  @Test
  void starsWalkAnyDepth() {
    var source =
        landing()
            .file("a.csv", "x")
            .file("one/a.csv", "x")
            .file("one/two/b.csv", "x")
            .file("one/_temporary/c.csv", "x")
            .newestDue(day("2011-01-01"))
            .source("**/*.csv", "csv");
    var looks = source.look(days("2011-01-01", "2011-01-01"), KnownItems.NONE);
    assertEquals(
        List.of("a.csv", "one/a.csv", "one/two/b.csv"), names(at(looks, day("2011-01-01"))));
  }

  @Test
  void aMonthTakesItsDays() {
    var source =
        landing()
            .file("2011-01-31.csv", "x")
            .file("2011-02-01.csv", "x")
            .file("2011-02-28.csv", "x")
            .every(Cadence.MONTH)
            .source("{yyyy-MM-dd}.csv", "csv");
    Interval february = Cadence.MONTH.at(LocalDate.parse("2011-02-01").atStartOfDay());
    assertEquals(
        List.of("2011-02-01.csv", "2011-02-28.csv"),
        names(at(source.look(List.of(february), KnownItems.NONE), february)));
  }

  @Test
  void aFolderThatMatchesStandsForItsFiles() {
    var source =
        landing()
            .file("2011-01-01/part-0.parquet", "x")
            .file("2011-01-01/_SUCCESS", "")
            .file("2011-01-01/.part-0.parquet.crc", "x")
            .source("{yyyy-MM-dd}", "parquet");
    assertEquals(
        List.of("2011-01-01/part-0.parquet"),
        names(
            at(source.look(days("2011-01-01", "2011-01-01"), KnownItems.NONE), day("2011-01-01"))));
  }

  @Test
  void filesWithoutADateGoWhereTheyWereFirstSeen() {
    var source = landing().file("a.csv", "x").file("b.csv", "x").source("*.csv", "csv");
    KnownItems known =
        new KnownItems() {
          @Override
          public Optional<Interval> intervalOf(String itemId) {
            return itemId.endsWith("/a.csv") ? Optional.of(day("2011-01-01")) : Optional.empty();
          }

          @Override
          public Optional<Interval> newest() {
            return Optional.of(day("2011-01-03"));
          }
        };
    var looks = source.look(days("2011-01-01", "2011-01-03"), known);
    assertEquals(List.of("a.csv"), names(at(looks, day("2011-01-01"))));
    assertEquals(Look.Presence.EMPTY, at(looks, day("2011-01-02")).presence());
    assertEquals(List.of("b.csv"), names(at(looks, day("2011-01-03"))));
  }

  @Test
  void aTableWithoutTimeTakesAllFiles() {
    var source =
        landing().file("a.csv", "x").file("b.csv", "x").every(Cadence.NONE).source("*.csv", "csv");
    assertEquals(
        2,
        at(source.look(List.of(Interval.ALWAYS), KnownItems.NONE), Interval.ALWAYS).items().size());
  }

  @Test
  void aDayWithoutAFileIsWhatTheDefinitionSays() {
    for (var expected :
        Map.of(
                Missing.EMPTY, Look.Presence.EMPTY,
                Missing.WAIT, Look.Presence.AWAITED,
                Missing.FAIL, Look.Presence.MISSING)
            .entrySet()) {
      Look look =
          at(
              landing()
                  .missing(expected.getKey())
                  .source("{yyyy-MM-dd}.csv*", "csv")
                  .look(days("2011-01-01", "2011-01-01"), KnownItems.NONE),
              day("2011-01-01"));
      assertEquals(expected.getValue(), look.presence());
      assertTrue(
          look.why()
              .startsWith(
                  look.presence() == Look.Presence.EMPTY
                      ? "no file"
                      : "no file " + temp + "/2011-01-01.csv* for 2011-01-01"),
          look.why());
    }
  }

  @Test
  void aFolderThatIsNotThereIsNoEmptyYear() {
    Look look =
        at(
            landing()
                .source("lost/{yyyy-MM-dd}.csv", "csv")
                .look(days("2011-01-01", "2011-01-01"), KnownItems.NONE),
            day("2011-01-01"));
    assertEquals(Look.Presence.MISSING, look.presence());
    assertEquals(
        "there is no folder " + temp + "/lost; make the folder, or mend source.path", look.why());
  }

  @Test
  void thousandsOfDaysAreFoundInOneWalk() {
    var landing = landing();
    LocalDate first = LocalDate.parse("2001-01-01");
    for (int i = 0; i < 3_000; i++) {
      landing.file(first.plusDays(i) + ".csv", "x");
    }
    var source = landing.source("{yyyy-MM-dd}.csv", "csv");
    var looks = source.look(days("2001-01-01", first.plusDays(2_999).toString()), KnownItems.NONE);
    assertEquals(3_000, looks.size());
    assertTrue(looks.values().stream().allMatch(look -> look.items().size() == 1));
  }

  @Test
  void aFolderIsListedOnceAndOnlyWhereItMayHoldTheDay() throws IOException {
    landing().file("2010/12/31.csv", "x").file("2011/01/01.csv", "x").file("2011/02/01.csv", "x");
    List<String> listed = new java.util.ArrayList<>();
    Listing listing =
        new Listing() {
          private final LocalListing local = new LocalListing();

          @Override
          public Optional<List<Entry>> list(
              String folder, java.util.function.Predicate<String> names) throws IOException {
            listed.add(folder.substring(temp.toString().length()));
            return local.list(folder, names);
          }

          @Override
          public boolean keepsEmptyFolders() {
            return true;
          }
        };
    var walk =
        new FolderWalk(PathTemplate.parse(temp + "/{yyyy}/{MM}/{dd}.csv"), listing, any -> true);
    var files = walk.files(io.sluice.time.IntervalSet.of(days("2011-01-01", "2011-01-02")));
    assertEquals(1, files.size());
    assertEquals(List.of("", "/2011", "/2011/01"), listed);
  }

  @Test
  void theSameIsFoundThroughHadoop() {
    landing().file("2011/01/31/a b.csv", "xyz").file("2011/02/01/b.csv", "x");
    var local = landing().source("{yyyy}/{MM}/{dd}/*.csv", "csv");
    var walk =
        new FolderWalk(
            PathTemplate.parse("file:" + temp + "/{yyyy}/{MM}/{dd}/*.csv"),
            new HadoopListing("file", Map.of()),
            any -> true);
    try {
      var items =
          walk.files(io.sluice.time.IntervalSet.of(days("2011-01-31", "2011-02-01"))).stream()
              .map(FolderWalk.Found::item)
              .toList();
      assertEquals(
          local.look(days("2011-01-31", "2011-02-01"), KnownItems.NONE).values().stream()
              .flatMap(look -> look.items().stream())
              .toList(),
          items);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aStorageThatSumsUpItsFilesIsBelieved() {
    assertEquals("3-abc", HadoopListing.entry("x", new Tagged("abc")).version());
    assertEquals("3-5", HadoopListing.entry("x", new Tagged("")).version());
  }

  /** As object storage tells of a file. */
  private static final class Tagged extends FileStatus implements EtagSource {
    private static final long serialVersionUID = 1;

    private final String tag;

    Tagged(String tag) {
      super(3, false, 1, 1, 5, new org.apache.hadoop.fs.Path("s3a://bucket/x"));
      this.tag = tag;
    }

    @Override
    public String getEtag() {
      return tag;
    }
  }
}
