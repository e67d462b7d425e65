package io.sluice.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeTimeTest {
  private static final LakeTime BERLIN = new LakeTime(ZoneId.of("Europe/Berlin"));

  private static Interval hour(String start) {
    return Cadence.HOUR.at(LocalDateTime.parse(start));
  }

  @Test
  void theHourInWhichClocksAreSetBackIsAnHour() {
    assertEquals(
        new Interval(
            LocalDateTime.parse("2011-10-30T02:00"), LocalDateTime.parse("2011-10-30T03:00")),
        BERLIN.translate(hour("2011-10-30T00:00"), Cadence.HOUR, Cadence.DAY));
  }

  @Test
  void anHourBeforeAMidnightThatThereIsNotStaysInItsDay() {
    LakeTime saoPaulo = new LakeTime(ZoneId.of("America/Sao_Paulo"));
    Interval day = saoPaulo.translate(hour("2011-10-16T02:00"), Cadence.HOUR, Cadence.DAY);
    assertEquals(LocalDateTime.parse("2011-10-16T00:00"), day.to());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Berlin",
        "America/Sao_Paulo",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Pacific/Apia"
      })
  void everyHourOfAYearIsSomewhereOnTheLakesClock(String zone) {
    LakeTime time = new LakeTime(ZoneId.of(zone));
    Interval year =
        new Interval(
            LocalDateTime.parse("2011-01-01T00:00"), LocalDateTime.parse("2012-01-01T00:00"));
    for (Interval hour : Cadence.HOUR.split(year)) {
      Interval there = time.translate(hour, Cadence.HOUR, Cadence.DAY);
      LocalDateTime last =
          time.civil(hour.to().minusNanos(1).toInstant(java.time.ZoneOffset.UTC), Cadence.DAY);
      assertEquals(
          Cadence.DAY.floor(last), Cadence.DAY.floor(there.to().minusNanos(1)), hour::toString);
    }
  }

  @Test
  void aChangeReachesAllThatLookBackToItByAMonth() {
    Lookback month = new Lookback(1, ChronoUnit.MONTHS);
    Interval year =
        new Interval(
            LocalDateTime.parse("2011-01-01T00:00"), LocalDateTime.parse("2012-03-01T00:00"));
    for (Interval changed : Cadence.DAY.split(year)) {
      Interval reached = month.reach(changed);
      for (Interval reader :
          Cadence.DAY.split(new Interval(changed.from(), changed.to().plusDays(40)))) {
        assertEquals(
            month.lengthen(reader).overlaps(changed),
            reached.overlaps(reader),
            () -> changed + " and " + reader);
      }
    }
  }
}
