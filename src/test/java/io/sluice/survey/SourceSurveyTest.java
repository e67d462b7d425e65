package io.sluice.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.Look;
import io.sluice.lake.Job;
import io.sluice.ledger.SourceItem;
import io.sluice.plan.SourceState;
import io.sluice.testing.Jobs;
import io.sluice.testing.LookedAt;
import io.sluice.testing.MemoryLedger;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceSurveyTest {
  private static final Job SALES = Jobs.csv("raw.sales").build();
  private static final Interval FIRST = Jobs.day("2011-01-01");
  private static final Interval SECOND = Jobs.day("2011-01-02");
  private static final Look NO_FILE = new Look(Look.Presence.AWAITED, List.of(), "no file yet");

  private final MemoryLedger ledger = new MemoryLedger();

  @Test
  void anAwaitedFileThatWasThereIsGone() {
    madeFrom(Map.of(FIRST, List.of(new SourceItem("landing/1.csv", "v1", 9))));
    assertEquals(
        Map.of(
            FIRST,
            new SourceState(
                SourceState.Kind.REMOVED,
                "1.csv is gone: put it back, or accept the interval as it is"),
            SECOND,
            new SourceState(SourceState.Kind.AWAITED, "no file yet")),
        states(IntervalSet.of(FIRST)));
  }

  @Test
  void whatWasAcceptedWithoutAFileLacksNone() {
    madeFrom(Map.of(FIRST, List.of()));
    assertEquals(
        new SourceState(SourceState.Kind.AWAITED, "no file yet"),
        states(IntervalSet.of(FIRST)).get(FIRST));
  }

  private void madeFrom(Map<Interval, List<SourceItem>> items) {
    ledger.accept(
        SALES.name().toString(), IntervalSet.of(FIRST), "", "it is well", Instant.EPOCH, items);
  }

  private Map<Interval, SourceState> states(IntervalSet made) {
    return new SourceSurvey(ledger, any -> new LookedAt(day -> NO_FILE))
        .survey(SALES, FIRST.span(SECOND), made, false);
  }
}
