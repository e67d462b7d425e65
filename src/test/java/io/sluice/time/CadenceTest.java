package io.sluice.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class CadenceTest {

  @Test
  void anIntervalStartsWhereItsCadenceSays() {
    LocalDateTime time = LocalDateTime.of(2011, 3, 17, 13, 45);
    assertEquals("[2011-03-17T13:00, 2011-03-17T14:00)", Cadence.HOUR.at(time).toString());
    assertEquals("[2011-03-17, 2011-03-18)", Cadence.DAY.at(time).toString());
    assertEquals("[2011-03-14, 2011-03-21)", Cadence.WEEK.at(time).toString());
    assertEquals("[2011-03-01, 2011-04-01)", Cadence.MONTH.at(time).toString());
    assertEquals("[always]", Cadence.NONE.at(time).toString());
  }

  @Test
  void namesAreWhatAPersonTypes() {
    LocalDateTime time = LocalDateTime.of(2011, 3, 17, 5, 0);
    assertEquals("2011-03-17T05", Cadence.HOUR.name(Cadence.HOUR.at(time)));
    assertEquals("2011-03-17", Cadence.DAY.name(Cadence.DAY.at(time)));
    assertEquals("2011-03-14", Cadence.WEEK.name(Cadence.WEEK.at(time)));
    assertEquals("2011-03", Cadence.MONTH.name(Cadence.MONTH.at(time)));
    assertEquals("all", Cadence.NONE.name(Interval.ALWAYS));
  }

  @Test
  void aSpanIsSplitIntoAllThatOverlapIt() {
    Interval span =
        new Interval(LocalDateTime.of(2011, 1, 31, 12, 0), LocalDateTime.of(2011, 3, 1, 0, 0));
    assertEquals(
        List.of("2011-01", "2011-02"),
        Cadence.MONTH.split(span).stream().map(Cadence.MONTH::name).toList());
  }

  @Test
  void aDayInTheLakesZoneIsItsHoursInUtc() {
    LakeTime berlin = new LakeTime(ZoneId.of("Europe/Berlin"));
    Interval shortDay = Cadence.DAY.at(LocalDateTime.of(2011, 3, 27, 0, 0));
    Interval hours = berlin.translate(shortDay, Cadence.DAY, Cadence.HOUR);
    assertEquals("[2011-03-26T23:00, 2011-03-27T22:00)", hours.toString());
    assertEquals(23, Cadence.HOUR.split(hours).size());
    assertEquals(shortDay, berlin.translate(hours, Cadence.HOUR, Cadence.DAY));
  }

  @Test
  void aLookbackLengthensWhatIsReadAndWhatAChangeReaches() {
    Lookback week = new Lookback(7, ChronoUnit.DAYS);
    Interval day = Cadence.DAY.at(LocalDateTime.of(2011, 3, 8, 0, 0));
    assertEquals("[2011-03-01, 2011-03-09)", week.lengthen(day).toString());
    assertEquals("[2011-03-08, 2011-03-16)", week.reach(day).toString());
    assertEquals("7 days", week.toString());
    assertThrows(IllegalArgumentException.class, () -> new Lookback(-1, ChronoUnit.DAYS));
  }

  @Test
  void civilTimesAreReadBackAsWritten() {
    for (String text : List.of("2011-01-01", "2011-01-01T05:00")) {
      assertEquals(text, Civil.text(Civil.parse(text)));
    }
    assertTrue(Interval.ALWAYS.isAlways());
  }
}
