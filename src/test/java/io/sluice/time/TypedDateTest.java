package io.sluice.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TypedDateTest {
  private static Optional<Interval> span(String from, String to) {
    return Optional.of(new Interval(LocalDateTime.parse(from), LocalDateTime.parse(to)));
  }

  @Test
  void aNameIsTheSpanThatItNames() {
    assertEquals(span("2011-02-01T00:00", "2011-03-01T00:00"), TypedDate.parse("2011-02"));
    assertEquals(span("2011-02-28T00:00", "2011-03-01T00:00"), TypedDate.parse("2011-02-28"));
    assertEquals(span("2011-02-28T05:00", "2011-02-28T06:00"), TypedDate.parse("2011-02-28T05"));
    assertEquals(span("2011-02-28T05:00", "2011-02-28T06:00"), TypedDate.parse("2011-02-28T05:00"));
    assertEquals(Optional.empty(), TypedDate.parse("2011-02-29"));
    assertEquals(Optional.empty(), TypedDate.parse("yesterday"));
  }

  @Test
  void firstAndEndAreOfWholeIntervals() {
    Interval typed = TypedDate.parse("2011-02-15").orElseThrow();
    assertEquals(LocalDateTime.parse("2011-02-14T00:00"), TypedDate.first(typed, Cadence.WEEK));
    assertEquals(LocalDateTime.parse("2011-03-01T00:00"), TypedDate.end(typed, Cadence.MONTH));
    assertEquals(LocalDateTime.parse("2011-02-16T00:00"), TypedDate.end(typed, Cadence.HOUR));
  }
}
