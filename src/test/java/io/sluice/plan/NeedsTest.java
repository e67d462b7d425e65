package io.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.testing.Jobs;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import io.sluice.time.Lookback;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NeedsTest {
  private static final LakeTime UTC = new LakeTime(ZoneOffset.UTC);
  private static final Job SALES = Jobs.csv("raw.sales").build();
  private static final Interval DAY = Jobs.day("2011-01-02");

  private static Job hours() {
    return Jobs.sql("analysis.hours", "SELECT 1")
        .every(Cadence.HOUR)
        .input("raw.sales", Input.Sight.WHOLE, Lookback.NONE, true)
        .build();
  }

  private static Input sales(Job reader) {
    return Objects.requireNonNull(reader.inputs().get(SALES.name()));
  }

  @Test
  void anHourNeedsTheDaysThatAreOverWithIt() {
    Job reader = hours();
    Interval early = Cadence.HOUR.at(DAY.from().plusHours(5));
    Interval last = Cadence.HOUR.at(DAY.to().minusHours(1));
    assertEquals(
        Optional.of(DAY.from()),
        Needs.of(reader, sales(reader), SALES, early, UTC).map(Interval::to));
    assertEquals(
        Optional.of(DAY.to()), Needs.of(reader, sales(reader), SALES, last, UTC).map(Interval::to));
  }

  @Test
  void aDayReachesTheHoursThatEndWithItOrLater() {
    Job reader = hours();
    LocalDateTime last = DAY.to().minusHours(1);
    assertEquals(last, Needs.reached(reader, sales(reader), SALES, DAY, UTC).from());
  }
}
