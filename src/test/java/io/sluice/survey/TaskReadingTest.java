package io.sluice.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.Look;
import io.sluice.deltalog.LogTail;
import io.sluice.deltalog.Receipt;
import io.sluice.graph.Graph;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.MadeFacts;
import io.sluice.plan.PlannedTask;
import io.sluice.plan.Planner;
import io.sluice.plan.Reason;
import io.sluice.testing.Jobs;
import io.sluice.testing.LookedAt;
import io.sluice.testing.MemoryLedger;
import io.sluice.testing.SettableClock;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TaskReadingTest {
  private static final Look NO_FILE = new Look(Look.Presence.EMPTY, List.of(), "no file");
  private static final Instant PLANNED = Instant.parse("2011-01-10T00:00:00Z");
  private static final List<Interval> TWO = Jobs.days("2011-01-01", "2011-01-02");

  private final Job job = Jobs.csv("raw.sales").to("2011-01-02").build();
  private final Lake lake = Jobs.lake("mem:/lake", job);
  private final MemoryLedger ledger = new MemoryLedger();
  private final Survey survey =
      new Survey(
          lake,
          ledger,
          this::nothingNew,
          any -> new LookedAt(day -> NO_FILE),
          new SettableClock(PLANNED));

  @Test
  void whatEndedBeforeThePlanWasKnownToIt() {
    made("other", PLANNED.minusMillis(1), "fingerprint");
    assertEquals(TWO, still(false));
  }

  @Test
  void whatEndedAsThePlanWasBegunMayBeNewsToIt() {
    made("other", PLANNED, "fingerprint");
    assertEquals(List.of(), still(false));
  }

  @Test
  void whatIsKnownToBeStaleStaysPlannedWhoeverMadeIt() {
    made("other", PLANNED, "fingerprint");
    ledger.force(job.name().toString(), IntervalSet.of(TWO), "backfill");
    assertEquals(TWO, still(false));
  }

  @Test
  void whatAnotherDriverMadeSinceIsLeftOut() {
    made("other", PLANNED.plusMillis(1), "fingerprint");
    assertEquals(List.of(), still(false));
  }

  @Test
  void whatThisRunMadeItselfIsNoOneElses() {
    made("mine", PLANNED.plusMillis(1), "fingerprint");
    assertEquals(TWO, still(false));
  }

  @Test
  void whatAnotherMadeByAnOldDefinitionStaysPlannedWhereThatIsAskedFor() {
    made("other", PLANNED.plusMillis(1), "before");
    assertEquals(TWO, still(true));
    assertEquals(List.of(), still(false));
  }

  private List<Interval> still(boolean changed) {
    StaleNow staleNow = new StaleNow(survey, new Planner(lake, new Graph(lake)), changed, false);
    return new TaskReading(
            lake,
            ledger,
            this::nothingNew,
            "mine",
            PLANNED,
            staleNow::of,
            table -> IntervalSet.EMPTY)
        .stillPlanned(
            new PlannedTask(job.name(), job.every(), TWO, Map.of(Reason.DEFINITION_CHANGED, "")));
  }

  private void made(String run, Instant at, String definition) {
    String table = job.name().toString();
    ledger.attemptStarted(
        AttemptRow.begun(
            run + "-1",
            run,
            run + "-task",
            table,
            IntervalSet.of(TWO),
            definition,
            -1,
            at.minus(Duration.ofSeconds(1))));
    List<Receipt.Made> rows = TWO.stream().map(day -> new Receipt.Made(day, 1, 0)).toList();
    ledger.attemptMade(
        run + "-1",
        at,
        new MadeFacts(
            new Receipt("test", table, run, run + "-1", definition, Map.of(), rows),
            0,
            Map.of(),
            Map.of(),
            Map.of()));
  }

  private LogTail nothingNew(String path, long version) {
    return new LogTail(List.of(), OptionalLong.of(Math.max(version, 0)), Optional.empty());
  }
}
