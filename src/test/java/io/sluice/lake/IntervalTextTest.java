package io.sluice.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.time.Cadence;
import io.sluice.time.LakeTime;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntervalTextTest {
  private static final LakeTime LONDON = new LakeTime(ZoneId.of("Europe/London"));

  private static String filled(String text, Cadence every, String at) {
    return IntervalText.fill(text, every.at(LocalDateTime.parse(at)), every, LONDON);
  }

  @Test
  void aDayIsTheLakesAndIsToldInUtc() {
    assertEquals(
        "2011-05-31T23:00:00Z .. 2011-06-01T23:00:00Z",
        filled("{from} .. {to}", Cadence.DAY, "2011-06-01T12:00"));
    assertEquals(
        "2011-03-27T00:00:00Z .. 2011-03-27T23:00:00Z",
        filled("{from} .. {to}", Cadence.DAY, "2011-03-27T12:00"));
  }

  @Test
  void aPatternShowsTheLakesClock() {
    assertEquals(
        "2011-06-01 2011-06-02 2011-06-01",
        filled("{from:yyyy-MM-dd} {to:yyyy-MM-dd} {last}", Cadence.DAY, "2011-06-01T12:00"));
    assertEquals(
        "2011-06-01T00:00:00+01:00",
        filled("{from:yyyy-MM-dd'T'HH:mm:ssxxx}", Cadence.DAY, "2011-06-01T12:00"));
  }

  @Test
  void theLastMomentIsStillInTheInterval() {
    assertEquals("2011-02-28", filled("{last}", Cadence.MONTH, "2011-02-10T00:00"));
    assertEquals("2011-01-09", filled("{last}", Cadence.WEEK, "2011-01-05T00:00"));
    assertEquals("23:59:59", filled("{last:HH:mm:ss}", Cadence.DAY, "2011-01-01T00:00"));
    assertEquals("2011-06-01", filled("{last}", Cadence.HOUR, "2011-06-01T23:00"));
  }

  @Test
  void hoursAreOfUtcAndSecondsAreCounted() {
    assertEquals(
        "2011-06-01T05:00:00Z 05", filled("{from} {from:HH}", Cadence.HOUR, "2011-06-01T05:30"));
    assertEquals(
        "1306882800 1306882800000",
        filled("{from:seconds} {from:millis}", Cadence.DAY, "2011-06-01T12:00"));
  }

  @Test
  void otherBracesStayAsTheyAre() {
    String body = "{\"query\": \"query { orders(since: \\\"{from:yyyy}\\\") {id} }\", \"v\": {}}";
    assertEquals(
        body.replace("{from:yyyy}", "2011"), filled(body, Cadence.DAY, "2011-06-01T12:00"));
    assertTrue(IntervalText.isIn(body));
    assertFalse(IntervalText.isIn("{\"from\": 1}"));
    assertEquals(Optional.empty(), IntervalText.fault(body));
  }
}
