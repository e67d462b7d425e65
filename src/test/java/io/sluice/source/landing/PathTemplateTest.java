package io.sluice.source.landing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PathTemplateTest {

  private static Optional<Interval> date(String segment, String name) {
    return PathSegment.parse(segment).match(name, PathDate.UNKNOWN).flatMap(PathDate::span);
  }

  private static Interval interval(String from, String to) {
    return new Interval(LocalDateTime.parse(from), LocalDateTime.parse(to));
  }

  @Test
  void aDayIsReadFromAName() {
    assertEquals(
        Optional.of(interval("2011-01-31T00:00", "2011-02-01T00:00")),
        date("{yyyy-MM-dd}.csv*", "2011-01-31.csv.gz"));
  }

  @Test
  void anHourAMinuteAYearDayAWeekAndAMonthByNameAreRead() {
    assertEquals(
        Optional.of(interval("2011-01-31T05:00", "2011-01-31T06:00")),
        date("log-{yyyyMMddHH}", "log-2011013105"));
    assertEquals(
        Optional.of(interval("2011-01-31T05:07", "2011-01-31T05:08")),
        date("{yyyyMMdd'T'HHmm}", "20110131T0507"));
    assertEquals(
        Optional.of(interval("2012-12-31T00:00", "2013-01-01T00:00")),
        date("{yyyyDDD}", "2012366"));
    assertEquals(
        Optional.of(interval("2010-12-27T00:00", "2011-01-03T00:00")),
        date("{YYYY-'W'ww}", "2010-W52"));
    assertEquals(
        Optional.of(interval("2011-09-01T00:00", "2011-09-02T00:00")),
        date("{d-MMM-yy}", "1-SEP-11"));
    assertEquals(
        Optional.of(interval("2011-02-01T00:00", "2011-03-01T00:00")),
        date("{MMMM yyyy}", "February 2011"));
  }

  @Test
  void aNameThatDoesNotFitHasNoDate() {
    assertEquals(Optional.empty(), date("{yyyy-MM-dd}.csv", "2011-1-31.csv"));
    assertEquals(Optional.empty(), date("{yyyy-MM-dd}.csv", "2011-02-30.csv"));
    assertEquals(Optional.empty(), date("{yyyy-MM-dd}.csv", "2011-01-31xcsv"));
    assertEquals(Optional.empty(), date("{yyyy-MM-dd}", "2011-13-01"));
  }

  @Test
  void datesThatContradictEachOtherAreNone() {
    assertTrue(date("{yyyy}_{yyyy-MM-dd}", "2011_2011-01-31").isPresent());
    assertEquals(Optional.empty(), date("{yyyy}_{yyyy-MM-dd}", "2010_2011-01-31"));
  }

  @Test
  void wildcardsAreThoseOfAShellAndTheRestIsText() {
    PathSegment segment = PathSegment.parse("a?(b)[c]*.csv");
    assertTrue(segment.match("ax(b)[c]123.csv", PathDate.UNKNOWN).isPresent());
    assertTrue(segment.match("ax(b)[c].csv", PathDate.UNKNOWN).isPresent());
    assertTrue(segment.match("a(b)[c].csv", PathDate.UNKNOWN).isEmpty());
    assertTrue(segment.match("ax(b)[c]_csv", PathDate.UNKNOWN).isEmpty());
  }

  @Test
  void theRootEndsWhereTheFirstPatternBegins() {
    assertEquals("/data/in", PathTemplate.parse("/data/in/{yyyy}/{MM}/x.csv").root());
    assertEquals("s3a://bucket", PathTemplate.parse("s3a://bucket/{yyyy-MM-dd}.csv").root());
    assertEquals("s3a://bucket/in", PathTemplate.parse("s3a://bucket/in/x.csv").root());
    assertEquals("", PathTemplate.parse("/{yyyy}.csv").root());
  }

  @Test
  void aSlashInsideADatePartsFolders() {
    assertEquals(4, PathTemplate.parse("/in/{yyyy/MM/dd}/*").segments().size());
  }

  @Test
  void theExpectedNameCanBeShown() {
    assertEquals(
        "/in/2011/01/20110102.csv*",
        PathTemplate.parse("/in/{yyyy/MM}/{yyyyMMdd}.csv*")
            .at(LocalDateTime.parse("2011-01-02T00:00")));
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    assertMessage("{yyyy-nn} is not a date: 'n' is none of the letters", "/in/{yyyy-nn}.csv");
    assertMessage("has a { without its }", "/in/{yyyy-MM-dd.csv");
    assertMessage("{} is not a date", "/in/{}.csv");
    assertMessage("is not an absolute path", "in/x.csv");
    assertMessage("names no file", "/");
  }

  @Test
  void aPathThatIsCoarserThanTheIntervalIsRefused() {
    PathTemplate monthly = PathTemplate.parse("/in/{yyyy-MM}.csv");
    assertEquals(monthly, monthly.checkedFor(Cadence.MONTH));
    assertEquals(
        "the path /in/{yyyy-MM}.csv does not tell one day from the next: use {yyyy-MM-dd}",
        assertThrows(IllegalArgumentException.class, () -> monthly.checkedFor(Cadence.DAY))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> PathTemplate.parse("/in/{yyyy-MM-dd}.csv").checkedFor(Cadence.HOUR));
  }

  private static void assertMessage(String part, String path) {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> PathTemplate.parse(path))
                .getMessage());
    assertTrue(message.contains(part), message);
  }
}
