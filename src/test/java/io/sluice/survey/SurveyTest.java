package io.sluice.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.Look;
import io.sluice.api.SourceException;
import io.sluice.deltalog.LogTail;
import io.sluice.graph.Graph;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.lake.WriteSpec;
import io.sluice.plan.Plan;
import io.sluice.plan.PlanRequest;
import io.sluice.plan.Planner;
import io.sluice.testing.Jobs;
import io.sluice.testing.LakeBuilder;
import io.sluice.testing.LookedAt;
import io.sluice.testing.MemoryLedger;
import io.sluice.testing.SettableClock;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SurveyTest {
  private static final Instant NOW = Instant.parse("2011-01-04T00:00:00Z");
  private static final Interval NEWEST = Jobs.day("2011-01-03");
  private static final WriteSpec SCD2 = LakeBuilder.scd2();

  private final Job raw = Jobs.csv("raw.customer").from("2011-01-01").to("2011-01-03").build();
  private final Job history =
      Jobs.sql("analysis.customer", "SELECT")
          .from("2011-01-01")
          .to("2011-01-03")
          .input("raw.customer")
          .write(SCD2)
          .build();
  private final Job report =
      Jobs.sql("aggregate.customers", "SELECT")
          .from("2011-01-01")
          .to("2011-01-03")
          .input("analysis.customer", Input.Sight.WHOLE)
          .build();
  private final Lake lake = Jobs.lake("mem:/lake", raw, history, report);
  private final MemoryLedger ledger = new MemoryLedger();
  private final List<Interval> asked = new ArrayList<>();
  private boolean fails;

  @Test
  void whatAnUnselectedInputCanNotHaveAnyMoreIsNotWaitedFor() {
    made(raw, IntervalSet.of(NEWEST));
    assertEquals(
        """
        analysis.customer 2011-01-03: [missing]
        note raw.customer 2011-01-01 .. 2011-01-02: can't be had any more: the source knows only the present
        """,
        LakeBuilder.print(plan(history)));
    assertEquals(Jobs.days("2011-01-01", "2011-01-02"), asked, "only what is not made");
  }

  @Test
  void norIsWhatAnInputOfAnUnselectedInputCanNotHave() {
    made(raw, IntervalSet.of(NEWEST));
    made(history, IntervalSet.of(NEWEST));
    assertEquals(
        IntervalSet.of(Jobs.days("2011-01-01", "2011-01-02")),
        plan(report).unobtainable().get(history.name()));
  }

  @Test
  void whereAnUnselectedInputsSourceCanNotBeAskedItsIntervalsAreWaitedFor() {
    made(raw, IntervalSet.of(NEWEST));
    fails = true;
    assertEquals(
        "analysis.customer 2011-01-01: raw.customer 2011-01-01 is not made",
        plan(history).waiting().get(0).toString());
  }

  private void made(Job job, IntervalSet intervals) {
    ledger.accept(job.name().toString(), intervals, "fingerprint", "as if made", NOW);
  }

  private Plan plan(Job job) {
    Survey survey =
        new Survey(
            lake,
            ledger,
            this::nothingNew,
            any -> new LookedAt(this::look),
            new SettableClock(NOW));
    Set<TableName> one = Set.of(job.name());
    return new Planner(lake, new Graph(lake))
        .plan(survey.facts(one, false), PlanRequest.upToDate(one));
  }

  private LogTail nothingNew(String path, long version) {
    return new LogTail(List.of(), OptionalLong.of(Math.max(version, 0)), Optional.empty());
  }

  /** Of a source that knows only the newest day. */
  private Look look(Interval day) {
    if (fails) {
      throw SourceException.ofAll("no rights", null);
    }
    asked.add(day);
    return day.equals(NEWEST)
        ? Look.present(List.of())
        : new Look(Look.Presence.UNOBTAINABLE, List.of(), "gone");
  }
}
