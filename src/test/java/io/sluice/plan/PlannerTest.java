package io.sluice.plan;

import static io.sluice.testing.LakeBuilder.cut;
import static io.sluice.testing.LakeBuilder.days;
import static io.sluice.testing.LakeBuilder.scd2;
import static io.sluice.testing.LakeBuilder.seen;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.lake.Input;
import io.sluice.lake.Input.Sight;
import io.sluice.lake.TableName;
import io.sluice.lake.WriteSpec;
import io.sluice.ledger.Fit;
import io.sluice.ledger.JobFacts;
import io.sluice.testing.LakeBuilder;
import io.sluice.time.Cadence;
import io.sluice.time.Civil;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlannerTest {

  private static final IntervalSet TEN_DAYS = days("2011-01-01", "2011-01-10");

  @Test
  void allDueIntervalsOfANewLakeAreMissingInTheOrderOfTheGraph() {
    LakeBuilder lake = new LakeBuilder().sql("analysis.fact", cut("raw.sales")).raw("raw.sales");
    assertEquals(
        """
        raw.sales 2011-01-01 .. 2011-01-10: [missing]
        analysis.fact 2011-01-01 .. 2011-01-10: [missing]
        """,
        lake.run());
  }

  @Test
  void nothingIsPlannedOnceAllIsMade() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .sql("analysis.fact", cut("raw.sales"))
            .made("raw.sales", TEN_DAYS)
            .made("analysis.fact", TEN_DAYS);
    assertEquals("", lake.run());
  }

  @Test
  void aFailedIntervalIsPlannedAgainAndSaysSo() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .known(
                "raw.sales",
                TEN_DAYS.minus(days("2011-01-04")),
                days("2011-01-04"),
                Map.of(),
                List.of());
    assertEquals("raw.sales 2011-01-04: [failed]\n", lake.run());
  }

  @Test
  void aBatchIsCutAtGapsAndAtItsSize() {
    LakeBuilder lake =
        new LakeBuilder()
            .sql("raw.a", Cadence.DAY, new WriteSpec.Replace(), 3)
            .made("raw.a", days("2011-01-05"));
    assertEquals(
        """
        raw.a 2011-01-01 .. 2011-01-03: [missing]
        raw.a 2011-01-04: [missing]
        raw.a 2011-01-06 .. 2011-01-08: [missing]
        raw.a 2011-01-09 .. 2011-01-10: [missing]
        """,
        lake.run());
  }

  @Test
  void aBatchThatWasTooMuchIsNotPlannedAgainUnlessTheDefinitionOrTheBatchIsAnother() {
    String thirds = "raw.a 2011-01-01 .. 2011-01-03: [missing]\n";
    String all = "raw.a 2011-01-01 .. 2011-01-10: [missing]\n";
    Function<Fit, String> plan =
        fit ->
            new LakeBuilder()
                .sql("raw.a", Cadence.DAY, new WriteSpec.Replace(), 31)
                .fits("raw.a", fit)
                .run();
    String definition =
        new LakeBuilder()
            .sql("raw.a", Cadence.DAY, new WriteSpec.Replace(), 31)
            .lake()
            .job(LakeBuilder.name("raw.a"))
            .fingerprint();
    assertEquals(thirds, plan.apply(new Fit(definition, 31, 3)).lines().findFirst().get() + "\n");
    assertEquals(all, plan.apply(new Fit("another", 31, 3)));
    assertEquals(all, plan.apply(new Fit(definition, 30, 3)));
    assertEquals(all, plan.apply(new Fit(definition, 31, 99)));
  }

  @Test
  void aChangedFileRemakesItsDayAndWhatReadsIt() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .sql("analysis.fact", cut("raw.sales"))
            .sql("feature.rfm", cut("analysis.fact", 3))
            .sql("analysis.product", Cadence.DAY, scd2(), 31, cut("raw.sales"))
            .made("raw.sales", TEN_DAYS)
            .made("analysis.fact", TEN_DAYS)
            .made("feature.rfm", TEN_DAYS)
            .made("analysis.product", TEN_DAYS)
            .source("raw.sales", "2011-01-05", SourceState.Kind.CHANGED, "a.csv changed");
    assertEquals(
        """
        raw.sales 2011-01-05: [source changed (a.csv changed)]
        analysis.fact 2011-01-05: [upstream (raw.sales)]
        analysis.product 2011-01-05 .. 2011-01-10: [upstream (raw.sales), order (after 2011-01-05)]
        feature.rfm 2011-01-05 .. 2011-01-08: [upstream (analysis.fact)]
        """,
        lake.run());
  }

  @Test
  void aCommitInAnInputsLogRemakesWhatReadsThePartition() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .sql("analysis.fact", cut("raw.sales"))
            .made("raw.sales", TEN_DAYS)
            .made("analysis.fact", TEN_DAYS)
            .changed("analysis.fact", days("2011-01-02"), "raw.sales at version 7");
    assertEquals(
        "analysis.fact 2011-01-02: [input changed (raw.sales at version 7)]\n", lake.run());
  }

  @Test
  void whatAnIntervalNeedsMustBeMadeOrPlanned() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .sql("analysis.fact", cut("raw.sales"))
            .made("raw.sales", days("2011-01-01", "2011-01-09"))
            .made("analysis.fact", days("2011-01-01", "2011-01-09"))
            .source("raw.sales", "2011-01-10", SourceState.Kind.AWAITED, "no file yet");
    assertEquals(
        """
        waiting raw.sales 2011-01-10: no file yet
        waiting analysis.fact 2011-01-10: raw.sales 2011-01-10 is not made
        """,
        lake.run());
  }

  @Test
  void aGapHoldsBackAnOrderedJobAlone() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .sql("analysis.fact", cut("raw.sales"))
            .sql("analysis.product", Cadence.DAY, scd2(), 31, cut("raw.sales"))
            .source("raw.sales", "2011-01-04", SourceState.Kind.AWAITED, "no file yet");
    assertEquals(
        """
        raw.sales 2011-01-01 .. 2011-01-03: [missing]
        raw.sales 2011-01-05 .. 2011-01-10: [missing]
        analysis.fact 2011-01-01 .. 2011-01-03: [missing]
        analysis.fact 2011-01-05 .. 2011-01-10: [missing]
        analysis.product 2011-01-01 .. 2011-01-03: [missing]
        waiting raw.sales 2011-01-04: no file yet
        waiting analysis.fact 2011-01-04: raw.sales 2011-01-04 is not made
        waiting analysis.product 2011-01-04: raw.sales 2011-01-04 is not made
        waiting analysis.product 2011-01-05 .. 2011-01-10: held by 2011-01-04
        """,
        lake.run());
  }

  @Test
  void aLookbackBeforeTheInputsStartIsMadeAndEmpty() {
    LakeBuilder lake = new LakeBuilder().raw("raw.fx").sql("analysis.rate", cut("raw.fx", 7));
    lake.now = Instant.parse("2011-01-02T00:00:00Z");
    assertEquals(
        """
        raw.fx 2011-01-01: [missing]
        analysis.rate 2011-01-01: [missing]
        """,
        lake.run());
  }

  @Test
  void aMonthWaitsForAllItsDays() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .sql("aggregate.m", Cadence.MONTH, new WriteSpec.Replace(), 1, cut("raw.sales"));
    lake.now = Instant.parse("2011-02-01T00:00:00Z");
    lake.source("raw.sales", "2011-01-20", SourceState.Kind.AWAITED, "no file yet");
    assertEquals(
        "waiting aggregate.m 2011-01: raw.sales 2011-01-20 is not made",
        lake.run().lines().reduce((first, last) -> last).orElse(""));
  }

  @Test
  void aWholeInputIsNoReasonUnlessItIsFollowed() {
    for (boolean follow : new boolean[] {false, true}) {
      LakeBuilder lake =
          new LakeBuilder()
              .raw("raw.sales")
              .sql("analysis.product", Cadence.DAY, scd2(), 31, cut("raw.sales"))
              .sql("aggregate.a", cut("raw.sales"), seen("analysis.product", Sight.AS_OF, follow))
              .made("raw.sales", TEN_DAYS)
              .made("analysis.product", TEN_DAYS)
              .made("aggregate.a", TEN_DAYS);
      lake.changed("analysis.product", days("2011-01-09"), "raw.sales at version 3");
      String product =
          "analysis.product 2011-01-09 .. 2011-01-10: [input changed (raw.sales at version 3),"
              + " order (after 2011-01-09)]\n";
      String reader = "aggregate.a 2011-01-09 .. 2011-01-10: [upstream (analysis.product)]\n";
      assertEquals(follow ? product + reader : product, lake.run());
    }
  }

  @Test
  void whatWasMadeEarlyIsRemadeWhenTheWholeInputHasPassedIt() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .raw("raw.other")
            .sql("analysis.product", Cadence.DAY, scd2(), 31, cut("raw.other"))
            .sql("aggregate.a", cut("raw.sales"), seen("analysis.product", Sight.AS_OF, false))
            .made("raw.sales", TEN_DAYS)
            .made("raw.other", TEN_DAYS)
            .made("analysis.product", days("2011-01-01", "2011-01-08"))
            .known(
                "aggregate.a",
                TEN_DAYS,
                IntervalSet.EMPTY,
                Map.of("analysis.product", days("2011-01-09", "2011-01-10")),
                List.of());
    assertEquals(
        """
        analysis.product 2011-01-09 .. 2011-01-10: [missing]
        aggregate.a 2011-01-09 .. 2011-01-10: [caught up (analysis.product has passed it)]
        """,
        lake.run());
    lake.source("raw.other", "2011-01-09", SourceState.Kind.AWAITED, "");
    lake.made("raw.other", days("2011-01-01", "2011-01-08"));
    assertEquals(
        List.of("raw.other 2011-01-10: [missing]"),
        lake.run().lines().filter(line -> !line.startsWith("waiting")).toList());
  }

  @Test
  void withTheNewestIntervalWhatCameJustBeforeIsReadAgain() {
    LakeBuilder lake =
        new LakeBuilder()
            .rawWithReread("raw.customer", 2)
            .made("raw.customer", days("2011-01-01", "2011-01-09"));
    assertEquals(
        "raw.customer 2011-01-08 .. 2011-01-10: [missing, reread (with 2011-01-10)]\n", lake.run());
    lake.made("raw.customer", TEN_DAYS);
    assertEquals("", lake.run());
  }

  @Test
  void afterDaysWithoutARunWhatEachDayWouldHaveReadAgainIsReadAgain() {
    LakeBuilder lake =
        new LakeBuilder()
            .rawWithReread("raw.customer", 2)
            .made("raw.customer", days("2011-01-01", "2011-01-06"));
    assertEquals(
        "raw.customer 2011-01-05 .. 2011-01-10: [missing, reread (with 2011-01-07)]\n", lake.run());
    // One of the days was made alone.
    lake.made("raw.customer", days("2011-01-01", "2011-01-06").union(days("2011-01-09")));
    assertEquals(
        "raw.customer 2011-01-05 .. 2011-01-10: [missing, reread (with 2011-01-07)]\n", lake.run());
    lake.made("raw.customer", TEN_DAYS);
    assertEquals("", lake.run());
  }

  @Test
  void whatWasReadAgainWithAFailedDayIsNotWithEachTryOfIt() {
    LakeBuilder lake =
        new LakeBuilder()
            .rawWithReread("raw.customer", 2)
            .known(
                "raw.customer",
                TEN_DAYS.minus(days("2011-01-04")),
                days("2011-01-04"),
                Map.of(),
                List.of());
    assertEquals("raw.customer 2011-01-04: [failed]\n", lake.run());
    lake.known(
        "raw.customer",
        TEN_DAYS.minus(days("2011-01-10")),
        days("2011-01-10"),
        Map.of(),
        List.of());
    assertEquals(
        "raw.customer 2011-01-08 .. 2011-01-10: [failed, reread (with 2011-01-10)]\n", lake.run());
  }

  @Test
  void withTheDaysThatAreThereWhatCameBeforeThemIsReadAgainThoughTheNewestIsWaitedFor() {
    LakeBuilder lake =
        new LakeBuilder()
            .rawWithReread("raw.customer", 2)
            .made("raw.customer", days("2011-01-01", "2011-01-07"))
            .source("raw.customer", "2011-01-10", SourceState.Kind.AWAITED, "no file yet");
    assertEquals(
        """
        raw.customer 2011-01-06 .. 2011-01-09: [missing, reread (with 2011-01-08)]
        waiting raw.customer 2011-01-10: no file yet
        """,
        lake.run());
    lake.made("raw.customer", days("2011-01-01", "2011-01-09"));
    assertEquals("waiting raw.customer 2011-01-10: no file yet\n", lake.run());
  }

  @Test
  void whatCantBeHadAnyMoreIsShownAndNotPlanned() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.customer")
            .sql("analysis.customer", Cadence.DAY, scd2(), 31, cut("raw.customer"));
    for (int day = 1; day < 10; day++) {
      lake.source("raw.customer", "2011-01-0" + day, SourceState.Kind.UNOBTAINABLE, "gone");
    }
    assertEquals(
        """
        raw.customer 2011-01-10: [missing]
        analysis.customer 2011-01-10: [missing]
        note raw.customer 2011-01-01 .. 2011-01-09: can't be had any more: the source knows only the present
        """,
        lake.run());
  }

  @Test
  void aTableWithoutTimeIsMadeOnceAndWhenAnInputChanges() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .sql(
                "analysis.d",
                Cadence.NONE,
                new WriteSpec.Overwrite(),
                1,
                seen("raw.sales", Sight.WHOLE, false))
            .made("raw.sales", TEN_DAYS);
    assertEquals("analysis.d all: [missing]\n", lake.run());
    lake.made("analysis.d", IntervalSet.of(Interval.ALWAYS));
    assertEquals("", lake.run());
    lake.source("raw.sales", "2011-01-05", SourceState.Kind.CHANGED, "a.csv changed");
    assertEquals(
        """
        raw.sales 2011-01-05: [source changed (a.csv changed)]
        analysis.d all: [upstream (raw.sales)]
        """,
        lake.run());
  }

  @Test
  void aBackfillMakesWhatWasNamedAndWhatThatReachesAndNothingElse() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .raw("raw.unrelated")
            .sql("analysis.fact", cut("raw.sales"))
            .made("raw.sales", TEN_DAYS)
            .made("analysis.fact", days("2011-01-01", "2011-01-05"));
    assertEquals(
        """
        raw.sales 2011-01-03 .. 2011-01-04: [forced]
        analysis.fact 2011-01-03 .. 2011-01-04: [upstream (raw.sales)]
        """,
        lake.backfill("raw.sales", days("2011-01-03", "2011-01-04")));
  }

  private static final String LEFT =
      "DELETE by others at version 9; to make it all the same: sluice backfill --select raw.sales"
          + " --date 2011-01-02; to keep it: sluice accept raw.sales --date 2011-01-02 --reason '…'\n";

  private static JobFacts.Mark foreign(String day) {
    return new JobFacts.Mark(
        days(day).ranges().get(0), MarkKinds.FOREIGN, "DELETE by others at version 9");
  }

  @Test
  void whatOthersChangedIsNotMadeOverWhenItsSourceChanges() {
    LakeBuilder lake = new LakeBuilder().raw("raw.sales").made("raw.sales", TEN_DAYS);
    lake.changes.put(LakeBuilder.name("raw.sales"), List.of(foreign("2011-01-02")));
    for (String day : List.of("2011-01-02", "2011-01-03")) {
      lake.source("raw.sales", day, SourceState.Kind.CHANGED, "its file has changed");
    }
    assertEquals(
        "raw.sales 2011-01-03: [source changed (its file has changed)]\n"
            + "waiting raw.sales 2011-01-02: "
            + LEFT
            + "note raw.sales 2011-01-02: foreign: DELETE by others at version 9\n",
        lake.run());
    assertEquals(
        "raw.sales 2011-01-02: [forced]\n", lake.backfill("raw.sales", days("2011-01-02")));
  }

  @Test
  void whatOthersChangedIsNotMadeOverWhenItFailedBefore() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .known(
                "raw.sales",
                TEN_DAYS,
                days("2011-01-02"),
                Map.of(),
                List.of(foreign("2011-01-02")));
    assertEquals(
        "waiting raw.sales 2011-01-02: "
            + LEFT
            + "note raw.sales 2011-01-02: foreign: DELETE by others at version 9\n",
        lake.run());
  }

  @Test
  void whatOthersWroteWhereNothingWasMadeIsNotMadeOver() {
    LakeBuilder lake =
        new LakeBuilder().raw("raw.sales").made("raw.sales", TEN_DAYS.minus(days("2011-01-02")));
    lake.changes.put(LakeBuilder.name("raw.sales"), List.of(foreign("2011-01-02")));
    assertEquals(
        "waiting raw.sales 2011-01-02: "
            + LEFT
            + "note raw.sales 2011-01-02: foreign: DELETE by others at version 9\n",
        lake.run());
  }

  @Test
  void whatOthersChangedSomewhereKeepsNoNewDayFromBeingMade() {
    LakeBuilder lake =
        new LakeBuilder().raw("raw.sales").made("raw.sales", days("2011-01-01", "2011-01-09"));
    lake.changes.put(
        LakeBuilder.name("raw.sales"),
        List.of(new JobFacts.Mark(Interval.ALWAYS, MarkKinds.FOREIGN, "MERGE by others")));
    lake.source("raw.sales", "2011-01-02", SourceState.Kind.CHANGED, "its file has changed");
    assertEquals(
        List.of("raw.sales 2011-01-10: [missing]"),
        lake.run().lines().filter(line -> line.contains("[")).toList());
  }

  @Test
  void whatOthersChangedIsNotMadeOverWhenAnInputIs() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .sql("analysis.fact", cut("raw.sales"))
            .made("raw.sales", TEN_DAYS)
            .made("analysis.fact", TEN_DAYS);
    lake.changes.put(
        LakeBuilder.name("analysis.fact"),
        List.of(
            foreign("2011-01-04"),
            new JobFacts.Mark(
                days("2011-01-04", "2011-01-05").ranges().get(0),
                MarkKinds.INPUT_CHANGED,
                "raw.sales at version 3")));
    assertEquals(
        List.of("analysis.fact 2011-01-05: [input changed (raw.sales at version 3)]"),
        lake.run().lines().filter(line -> line.contains("[")).toList());

    lake.changes.put(LakeBuilder.name("analysis.fact"), List.of(foreign("2011-01-04")));
    assertEquals(
        List.of(
            "raw.sales 2011-01-03 .. 2011-01-05: [forced]",
            "analysis.fact 2011-01-03: [upstream (raw.sales)]",
            "analysis.fact 2011-01-05: [upstream (raw.sales)]"),
        lake.backfill("raw.sales", days("2011-01-03", "2011-01-05"))
            .lines()
            .filter(line -> line.contains("["))
            .toList());
  }

  @Test
  void whatOthersChangedIsNotTakenBackByAnEarlierDay() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .sql("analysis.dim", Cadence.DAY, scd2(), 1, cut("raw.sales"))
            .made("raw.sales", TEN_DAYS)
            .made("analysis.dim", TEN_DAYS);
    lake.changes.put(LakeBuilder.name("analysis.dim"), List.of(foreign("2011-01-08")));

    String earlier = lake.backfill("analysis.dim", days("2011-01-05"));
    assertEquals(List.of(), earlier.lines().filter(line -> line.contains("[")).toList(), earlier);
    assertEquals(
        "waiting analysis.dim 2011-01-05: would take back 2011-01-08, where there was a"
            + " DELETE by others at version 9; to do it all the same: sluice backfill --select"
            + " analysis.dim --from 2011-01-05 --to 2011-01-08",
        earlier.lines().filter(line -> line.contains("01-05")).findFirst().orElse(""));
    assertEquals(
        6,
        lake.backfill("analysis.dim", days("2011-01-05", "2011-01-08"))
            .lines()
            .filter(line -> line.contains("["))
            .count());
  }

  @Test
  void whatIsPlannedOnlyForItsInputIsToldFromWhatWouldBeAnyway() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .sql("analysis.fact", cut("raw.sales"))
            .sql("analysis.product", Cadence.DAY, scd2(), 31, cut("raw.sales"))
            .made("raw.sales", TEN_DAYS)
            .made("analysis.fact", days("2011-01-01", "2011-01-06"))
            .made("analysis.product", TEN_DAYS)
            .changed("analysis.fact", days("2011-01-05"), "raw.sales at version 7")
            .source("raw.sales", "2011-01-05", SourceState.Kind.CHANGED, "a.csv changed")
            .source("raw.sales", "2011-01-06", SourceState.Kind.CHANGED, "b.csv changed");
    assertEquals(
        Map.of(
            LakeBuilder.name("raw.sales"), IntervalSet.EMPTY,
            LakeBuilder.name("analysis.fact"), days("2011-01-06"),
            LakeBuilder.name("analysis.product"), days("2011-01-05", "2011-01-10")),
        following(lake.plan(PlanRequest.upToDate(lake.jobs.keySet()))));

    Map<TableName, IntervalSet> forced =
        Map.of(LakeBuilder.name("raw.sales"), days("2011-01-04", "2011-01-07"));
    assertEquals(
        Map.of(
            LakeBuilder.name("raw.sales"), IntervalSet.EMPTY,
            LakeBuilder.name("analysis.fact"), days("2011-01-04").union(days("2011-01-06")),
            LakeBuilder.name("analysis.product"), days("2011-01-04", "2011-01-10")),
        following(
            lake.plan(new PlanRequest(lake.jobs.keySet(), forced, true, Optional.empty(), false))));
  }

  private static Map<TableName, IntervalSet> following(Plan plan) {
    return plan.tasks().stream()
        .collect(Collectors.toMap(PlannedTask::job, PlannedTask::following, IntervalSet::union));
  }

  @Test
  void aForeignCommitIsNotedAndNotUndone() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .known(
                "raw.sales",
                TEN_DAYS,
                IntervalSet.EMPTY,
                Map.of(),
                List.of(
                    new JobFacts.Mark(
                        days("2011-01-02").ranges().get(0),
                        MarkKinds.FOREIGN,
                        "DELETE by others at version 9")));
    assertEquals("note raw.sales 2011-01-02: foreign: DELETE by others at version 9\n", lake.run());
  }

  @Test
  void whatIsNotSelectedIsNotMadeAndItsReadersWait() {
    LakeBuilder lake = new LakeBuilder().raw("raw.sales").sql("analysis.fact", cut("raw.sales"));
    String plan =
        LakeBuilder.print(
            lake.plan(PlanRequest.upToDate(Set.of(LakeBuilder.name("analysis.fact")))));
    assertEquals(
        "waiting analysis.fact 2011-01-01 .. 2011-01-10: nothing of raw.sales is made",
        plan.lines().findFirst().orElse(""));
  }

  @Test
  void nothingIsReadAgainWhileTheNewestIntervalIsWaitedFor() {
    LakeBuilder lake =
        new LakeBuilder()
            .rawWithReread("raw.customer", 2)
            .made("raw.customer", days("2011-01-01", "2011-01-09"))
            .source("raw.customer", "2011-01-10", SourceState.Kind.AWAITED, "no file yet");
    assertEquals("waiting raw.customer 2011-01-10: no file yet\n", lake.run());
  }

  @Test
  void whatLostItsFileIsToldToWaitAndHoldsNothingBack() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .sql("analysis.product", Cadence.DAY, scd2(), 31, cut("raw.sales"))
            .made("raw.sales", days("2011-01-01", "2011-01-09"))
            .made("analysis.product", days("2011-01-01", "2011-01-09"))
            .source("raw.sales", "2011-01-04", SourceState.Kind.REMOVED, "4.csv is gone");
    assertEquals(
        """
        raw.sales 2011-01-10: [missing]
        analysis.product 2011-01-10: [missing]
        waiting raw.sales 2011-01-04: 4.csv is gone
        """,
        lake.run());
  }

  @Test
  void whatLostItsFileIsToldOnceWhereItIsStaleAnyway() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .known("raw.sales", TEN_DAYS, days("2011-01-04"), Map.of(), List.of())
            .source("raw.sales", "2011-01-04", SourceState.Kind.REMOVED, "4.csv is gone");
    assertEquals("waiting raw.sales 2011-01-04: 4.csv is gone\n", lake.run());
  }

  @Test
  void whatWasMadeWhileItCouldBeIsNotMadeAgainWhenItCantBeHad() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.customer")
            .known("raw.customer", TEN_DAYS, days("2011-01-09"), Map.of(), List.of())
            .source(
                "raw.customer", "2011-01-09", SourceState.Kind.UNOBTAINABLE, "only the present");
    assertEquals("waiting raw.customer 2011-01-09: only the present\n", lake.run());
  }

  @Test
  void aWeekOfWhichADayIsNamedIsForced() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .sql("analysis.week", Cadence.WEEK, new WriteSpec.Replace(), 31, cut("raw.sales"))
            .sql("analysis.all", Cadence.NONE, new WriteSpec.Overwrite(), 1, cut("raw.sales"))
            .made("raw.sales", days("2011-01-01", "2011-01-10"));
    assertEquals(
        "analysis.week 2011-01-03: [forced]\n", lake.backfill("analysis.week", days("2011-01-05")));
    assertEquals("analysis.all all: [forced]\n", lake.backfill("analysis.all", days("2011-01-05")));
  }

  @Test
  void aWeekThatIsNotOverByTheEndThatWasAskedForIsLeftOut() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .sql("analysis.week", Cadence.WEEK, scd2(), 31, cut("raw.sales"))
            .made("raw.sales", TEN_DAYS);
    assertEquals(
        "analysis.week 2010-12-27: [missing]\n",
        LakeBuilder.print(
            lake.plan(
                new PlanRequest(
                    lake.jobs.keySet(),
                    Map.of(),
                    false,
                    Optional.of(Civil.parse("2011-01-06")),
                    false))));
  }

  @Test
  void whatAnOrderedJobTakesBackIsMadeAgainWhateverTheEndThatWasAskedFor() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .sql("analysis.dim", Cadence.DAY, scd2(), 31, cut("raw.sales"))
            .made("raw.sales", TEN_DAYS)
            .made("analysis.dim", TEN_DAYS)
            .changed("analysis.dim", days("2011-01-04"), "raw.sales at version 3");
    assertEquals(
        "analysis.dim 2011-01-04 .. 2011-01-10: [input changed (raw.sales at version 3), order (after 2011-01-04)]\n",
        LakeBuilder.print(
            lake.plan(
                new PlanRequest(
                    lake.jobs.keySet(),
                    Map.of(),
                    false,
                    Optional.of(Civil.parse("2011-01-06")),
                    false))));
  }

  @Test
  void whatWasTakenBackAndNotMadeAgainIsPlanned() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .sql("analysis.dim", Cadence.DAY, scd2(), 31, cut("raw.sales"))
            .made("raw.sales", TEN_DAYS)
            .known(
                "analysis.dim",
                TEN_DAYS,
                IntervalSet.EMPTY,
                Map.of(),
                List.of(
                    new JobFacts.Mark(
                        days("2011-01-09", "2011-01-10").ranges().get(0),
                        MarkKinds.ORDER,
                        "taken")));
    assertEquals("analysis.dim 2011-01-09 .. 2011-01-10: [order (taken)]\n", lake.run());
  }

  @Test
  void whatIsTakenBackAndNotPlannedIsNotThereForReaders() {
    LakeBuilder lake =
        new LakeBuilder()
            .raw("raw.sales")
            .sql("analysis.dim", Cadence.DAY, scd2(), 31, cut("raw.sales"))
            .sql("analysis.fact", seen("analysis.dim", Input.Sight.AS_OF, false))
            .made("raw.sales", TEN_DAYS)
            .known(
                "analysis.dim",
                TEN_DAYS,
                IntervalSet.EMPTY,
                Map.of(),
                List.of(
                    new JobFacts.Mark(
                        days("2011-01-09", "2011-01-10").ranges().get(0),
                        MarkKinds.ORDER,
                        "taken")))
            .known(
                "analysis.fact",
                TEN_DAYS,
                IntervalSet.EMPTY,
                Map.of("analysis.dim", days("2011-01-07", "2011-01-09")),
                List.of());
    assertEquals(
        "analysis.fact 2011-01-07 .. 2011-01-08: [caught up (analysis.dim has passed it)]\n",
        LakeBuilder.print(
            lake.plan(PlanRequest.upToDate(Set.of(LakeBuilder.name("analysis.fact"))))));
  }
}
