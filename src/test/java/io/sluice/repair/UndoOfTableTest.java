package io.sluice.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.LogTail;
import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.Undone;
import io.sluice.lake.Job;
import io.sluice.lake.WriteSpec;
import io.sluice.ledger.AttemptRow;
import io.sluice.testing.Jobs;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import io.sluice.time.LakeTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which intervals an undo puts back, to which versions, and which it refuses. */
class UndoOfTableTest {
  private static final LakeTime UTC = new LakeTime(ZoneOffset.UTC);
  private static final Job DAILY = Jobs.sql("analysis.line", "SELECT 1").build();
  private static final Job DIMENSION =
      Jobs.sql("analysis.price", "SELECT 1")
          .partitionBy()
          .intervalBy("day")
          .write(
              new WriteSpec.Scd2(
                  List.of("code"), List.of(), Optional.empty(), Optional.empty(), false))
          .build();

  private final List<Commit> log = new ArrayList<>();
  private final List<AttemptRow> accepted = new ArrayList<>();
  private Job job = DAILY;

  private static Interval day(int day) {
    return Cadence.DAY.at(LocalDate.of(2011, 1, day).atStartOfDay());
  }

  private static IntervalSet days(int... days) {
    return IntervalSet.of(IntStream.of(days).mapToObj(UndoOfTableTest::day).toList());
  }

  /** The next version, by which a run made these days; as many rows as the version says. */
  private UndoOfTableTest made(String run, int... days) {
    return commit(Optional.of(receipt(run, Optional.empty(), days)), days);
  }

  private Receipt receipt(String run, Optional<Undone> undone, int... days) {
    return new Receipt(
        "test",
        job.name().toString(),
        run,
        run + "-" + log.size(),
        "definition of " + run,
        Map.of(),
        IntStream.of(days).mapToObj(day -> new Receipt.Made(day(day), log.size(), 0)).toList(),
        List.of(),
        "",
        false,
        undone);
  }

  private UndoOfTableTest commit(Optional<Receipt> receipt, int... days) {
    log.add(
        new Commit(
            log.size(),
            Instant.EPOCH,
            receipt.isPresent() ? "WRITE" : "DELETE",
            true,
            IntStream.of(days)
                .mapToObj(day -> Map.of("day", "2011-01-%02d".formatted(day)))
                .toList(),
            Optional.empty(),
            receipt));
    return this;
  }

  /** As above, where the table began anew with it. */
  private UndoOfTableTest madeAnew(String run, int... days) {
    Receipt own = receipt(run, Optional.empty(), days);
    return commit(
        Optional.of(
            new Receipt(
                own.lake(),
                own.job(),
                own.run(),
                own.attempt(),
                own.definition(),
                own.reads(),
                own.made(),
                own.sources(),
                own.asked(),
                true,
                own.undone())),
        days);
  }

  private UndoOfTableTest columns(String run, Map<String, String> columns, int... days) {
    made(run, days);
    Commit last = log.remove(log.size() - 1);
    log.add(
        new Commit(
            last.version(),
            last.at(),
            last.operation(),
            true,
            last.partitions(),
            Optional.of(columns),
            last.receipt()));
    return this;
  }

  /** Commits what the undo of a run comes to. */
  private UndoOfTableTest undone(String by, String run) {
    TableUndo undo = undo(run);
    log.add(
        new Commit(
            log.size(),
            Instant.EPOCH,
            "WRITE",
            true,
            List.of(),
            Optional.empty(),
            Optional.of(
                new Receipt(
                    "test",
                    job.name().toString(),
                    by,
                    by + "-" + log.size(),
                    "",
                    Map.of(),
                    undo.made(),
                    List.of(),
                    "",
                    false,
                    Optional.of(undo.undone())))));
    return this;
  }

  /** At the version that the table has by now. */
  private UndoOfTableTest accepted(String why, int... days) {
    long version = log.size() - 1L;
    accepted.add(
        new AttemptRow(
            "accept-" + why,
            "",
            "",
            job.name().toString(),
            days(days),
            "definition of " + why,
            version,
            Instant.EPOCH,
            Optional.of(Instant.EPOCH),
            "accepted",
            "",
            why,
            version < 0 ? Optional.empty() : Optional.of(version),
            0,
            0,
            "",
            IntervalSet.EMPTY));
    return this;
  }

  private UndoOfTable of(UndoRequest request) {
    return new UndoOfTable(
        job,
        request,
        UTC,
        new LogTail(log, OptionalLong.of(log.size() - 1L), Optional.empty()),
        accepted);
  }

  private TableUndo undo(String run) {
    UndoOfTable table = of(new UndoRequest.OfRun(run));
    return table.work().orElseThrow(() -> new AssertionError(table.refused().lines()));
  }

  private TableUndo undo(int first, int last) {
    return of(new UndoRequest.OfTable(job, day(first).span(day(last)))).work().orElseThrow();
  }

  private List<String> refused(String run) {
    UndoOfTable table = of(new UndoRequest.OfRun(run));
    assertEquals(Optional.empty(), table.work());
    return table.refused().lines();
  }

  @Test
  void aRunsDaysGoBackToTheVersionBeforeIt() {
    made("a", 1, 2, 3).made("b", 4).made("c", 2).made("c", 3, 5);

    TableUndo undo = undo("c");

    assertEquals(Map.of(1L, days(2, 3, 5)), undo.parts());
    assertEquals(days(2, 3), undo.restored());
    assertEquals(days(5), undo.undone().unmade());
    assertEquals(
        List.of(new Undone.Origin(0, "a-0", "definition of a", days(2, 3))),
        undo.undone().origins());
    assertEquals(0, undo.made().get(0).written());
    assertEquals(OptionalLong.empty(), undo.undone().version());
    assertEquals(new TreeMap<>(), undo.more().later());
  }

  @Test
  void aDayThatWasMadeByOthersWhileTheRunWasAtItGoesBackToTheirs() {
    made("a", 1, 2).made("c", 1).made("b", 2).made("c", 2);

    assertEquals(Map.of(0L, days(1), 2L, days(2)), undo("c").parts());
  }

  @Test
  void theNewestCommitOfEachDayIsUndoneWhoeverMadeIt() {
    made("a", 1, 2, 3).made("b", 2).made("c", 3).made("d", 3);

    TableUndo undo = undo(2, 3);

    assertEquals(Map.of(0L, days(2), 2L, days(3)), undo.parts());
    assertEquals(
        List.of(0L, 2L), undo.undone().origins().stream().map(Undone.Origin::version).toList());
  }

  @Test
  void aDayThatWasMadeAgainSinceIsRefusedByName() {
    made("a", 1, 2).made("b", 1, 2).made("c", 2);

    assertEquals(
        List.of(
            "analysis.line 2011-01-02: made again since by run c; undo that first: sluice undo c"),
        refused("b"));
  }

  @Test
  void rowsOfOthersAreNotLost() {
    made("a", 1, 2).made("b", 1, 2).commit(Optional.empty(), 3).commit(Optional.empty(), 1);

    assertEquals(
        List.of(
            "analysis.line 2011-01-01: changed since by others (DELETE at version 3), which would be"
                + " lost"),
        refused("b"));
    assertEquals(Map.of(0L, days(2)), undo(2, 2).parts());
  }

  @Test
  void whoAsksAgainForADayDoesNotBringBackWhatIsUndone() {
    made("a", 1).made("b", 1).undone("u", "b");

    UndoOfTable again = of(new UndoRequest.OfTable(job, day(1)));

    assertEquals(Optional.empty(), again.work());
    assertEquals(
        List.of("analysis.line 2011-01-01: undone already; to bring it back: sluice undo u"),
        again.refused().lines());
  }

  @Test
  void anUndoIsUndoneAndWhatWasUndoneIsOutOfTheWay() {
    made("a", 1, 2).made("b", 1, 2, 3).undone("u", "b");

    TableUndo again = undo("u");
    assertEquals(Map.of(1L, days(1, 2, 3)), again.parts());
    assertEquals(days(1, 2, 3), again.restored());
    assertEquals(
        List.of("b-1"), again.undone().origins().stream().map(Undone.Origin::attempt).toList());
    assertEquals(List.of(), refused("b"));

    TableUndo first = undo("a");
    assertEquals(Map.of(-1L, days(1, 2)), first.parts());
    assertEquals(days(1, 2), first.undone().unmade());
  }

  @Test
  void whatTheLogNoLongerTellsIsRefused() {
    made("a", 1).made("b", 1).made("c", 1);
    log.remove(0);

    assertEquals(Map.of(1L, days(1)), undo("c").parts());
    assertEquals(
        List.of("analysis.line 2011-01-01: the table's log no longer tells what was there before"),
        refusedAlone("b"));
  }

  private List<String> refusedAlone(String run) {
    log.remove(log.size() - 1);
    UndoOfTable table =
        new UndoOfTable(
            job,
            new UndoRequest.OfRun(run),
            UTC,
            new LogTail(log, OptionalLong.of(1), Optional.empty()),
            accepted);
    assertEquals(Optional.empty(), table.work());
    return table.refused().lines();
  }

  @Test
  void whatWasClearedWhenTheTableBeganAnewComesBack() {
    made("a", 1, 2, 3).madeAnew("b", 1).made("b", 2);

    assertEquals(Map.of(0L, days(1, 2, 3)), undo("b").parts());
    assertEquals(days(1, 2, 3), undo("b").restored());
    assertEquals(
        List.of(
            "analysis.line 2011-01-01 .. 2011-01-03: made again since by run b; undo that first: sluice"
                + " undo b"),
        refused("a"));
  }

  @Test
  void whatWasAcceptedBeforeTheRunIsAcceptedAgain() {
    made("a", 1, 2).accepted("kept", 1).accepted("lost", 3).made("b", 1, 2, 3);

    TableUndo undo = undo("b");

    assertEquals(Map.of(0L, days(1, 2, 3)), undo.parts());
    assertEquals(days(1, 2, 3), undo.restored());
    assertEquals(IntervalSet.EMPTY, undo.undone().unmade());
    assertEquals(
        List.of(
            new Undone.Origin(0, "a-0", "definition of kept", days(1)),
            new Undone.Origin(0, "a-0", "definition of a", days(2)),
            new Undone.Origin(0, "accept-lost", "definition of lost", days(3))),
        undo.undone().origins());
    assertEquals(0, undo.made().get(2).written());
    assertEquals(Map.of(), undo.more().accepted());
  }

  @Test
  void whatWasAcceptedBeforeThereWasATableIsAcceptedAgain() {
    accepted("lost", 1).made("a", 1, 2);

    assertEquals(days(1), undo("a").restored());
    assertEquals(days(2), undo("a").undone().unmade());
    assertEquals(-1, undo("a").undone().origins().get(0).version());
  }

  @Test
  void whatWasAcceptedSinceIsSaidAndGoes() {
    made("a", 1, 2, 3).made("b", 1, 2, 3).accepted("good enough", 2);

    assertEquals(Map.of("good enough", days(2)), undo("b").more().accepted());
    assertEquals(Map.of(), undo(3, 3).more().accepted());
    assertEquals(
        List.of(
            "analysis.line 2011-01-02, accepted later (good enough), counts as accepted no more"),
        UndoText.more(undo("b")));
    assertEquals("definition of a", undo("b").undone().origins().get(0).definition());
    assertEquals(1, undo("b").undone().origins().size());
  }

  @Test
  void anUndoneUndoBringsTheAcceptanceBack() {
    made("a", 1).accepted("good enough", 1).undone("u", "a");

    TableUndo again = undo("u");

    assertEquals(
        List.of(new Undone.Origin(0, "a-0", "definition of good enough", days(1))),
        again.undone().origins());
    assertEquals(Map.of(), again.more().accepted());
  }

  @Test
  void anAcceptedDayOfATableThatGoesBackAsAWholeStaysWhatItIs() {
    job = DIMENSION;
    made("a", 1).accepted("closed", 2).made("b", 3).accepted("holiday", 4).accepted("seen", 3);

    TableUndo undo = undo("b");

    assertEquals(OptionalLong.of(0), undo.undone().version());
    assertEquals(days(3), undo.undone().unmade());
    assertEquals(IntervalSet.EMPTY, undo.restored());
    assertEquals(Map.of("seen", days(3)), undo.more().accepted());

    made("c", 2, 3);
    TableUndo both = undo("c");
    assertEquals(days(2, 3, 4), both.restored(), "The fourth was to be made after the others");
    assertEquals(
        List.of("accept-closed", "b-1", "accept-holiday"),
        both.undone().origins().stream().map(Undone.Origin::attempt).toList());
  }

  @Test
  void ofATableInOrderAllThatCameLaterGoesToo() {
    job = DIMENSION;
    made("a", 1).made("a", 2).made("b", 3).made("c", 4);

    TableUndo undo = undo("b");

    assertTrue(undo.whole());
    assertEquals(OptionalLong.of(1), undo.undone().version());
    assertEquals(days(3, 4), undo.undone().unmade());
    assertEquals(Map.of("c", days(4)), undo.more().later());
    assertEquals(Map.of("c", days(4)), undo(3, 3).more().later());
    assertEquals(Map.of(), undo("c").more().later());
  }

  @Test
  void whatARemadePastTookBackIsThereAgain() {
    job = DIMENSION;
    made("a", 1).made("a", 2).made("a", 3).made("b", 1);

    TableUndo undo = undo("b");

    assertEquals(OptionalLong.of(2), undo.undone().version());
    assertEquals(days(1, 2, 3), undo.restored());
    assertEquals(IntervalSet.EMPTY, undo.undone().unmade());
  }

  @Test
  void ofATableInOrderAnUndoIsUndoneToo() {
    job = DIMENSION;
    made("a", 1).made("b", 2).undone("u", "b");

    assertEquals(List.of(), refused("b"));
    assertEquals(OptionalLong.of(-1), undo("a").undone().version());
    assertEquals(days(1), undo("a").undone().unmade());
    assertEquals(days(2), undo("u").restored());
    made("c", 2);
    assertEquals(OptionalLong.of(2), undo("c").undone().version());
    assertEquals(days(2), undo("c").undone().unmade());
    assertEquals(Map.of("c", days(2)), undo("a").more().later());
  }

  @Test
  void aTableWithoutTimeGoesBackAsAWhole() {
    job =
        Jobs.sql("analysis.shop", "SELECT 1")
            .every(Cadence.NONE)
            .partitionBy()
            .write(new WriteSpec.Overwrite())
            .build();
    for (String run : List.of("a", "b")) {
      log.add(
          new Commit(
              log.size(),
              Instant.EPOCH,
              "WRITE",
              true,
              List.of(Map.of()),
              Optional.empty(),
              Optional.of(
                  new Receipt(
                      "test",
                      "analysis.shop",
                      run,
                      run,
                      "",
                      Map.of(),
                      List.of(new Receipt.Made(Interval.ALWAYS, log.size(), 0))))));
    }

    TableUndo undo = of(new UndoRequest.OfTable(job, Interval.ALWAYS)).work().orElseThrow();

    assertEquals(OptionalLong.of(0), undo.undone().version());
    assertEquals(IntervalSet.of(Interval.ALWAYS), undo.restored());
    assertEquals(undo.parts(), undo("b").parts());
    assertEquals(OptionalLong.of(-1), undo("a").undone().version());
    assertEquals(Map.of("b", IntervalSet.of(Interval.ALWAYS)), undo("a").more().later());
  }

  @Test
  void aTableThatWasRebuiltInOtherColumnsGoesBackAsAWhole() {
    columns("a", Map.of("code", "STRING", "amount", "INT"), 1, 2)
        .columns("b", Map.of("code", "STRING", "amount", "STRING"), 1)
        .made("b", 2)
        .made("c", 3);

    TableUndo undo = undo("b");

    assertEquals(OptionalLong.of(0), undo.undone().version());
    assertEquals(days(1, 2), undo.restored());
    assertEquals(Map.of("c", days(3)), undo.more().later());
  }

  @Test
  void addedAndWiderColumnsHoldOldRows() {
    columns("a", Map.of("code", "STRING", "amount", "INT"), 1, 2)
        .columns("b", Map.of("code", "STRING", "amount", "BIGINT", "more", "DATE"), 1);

    assertEquals(Map.of(0L, days(1)), undo("b").parts());
    assertTrue(ColumnFit.holds("DECIMAL(12,3)", "DECIMAL(10,2)"));
    assertTrue(!ColumnFit.holds("DECIMAL(12,5)", "DECIMAL(10,2)"));
    assertTrue(!ColumnFit.holds("INT", "BIGINT"));
    assertTrue(!ColumnFit.holds("FLOAT", "INT"));
  }
}
