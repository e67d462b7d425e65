package io.sluice.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.Look;
import io.sluice.deltalog.LogHistory;
import io.sluice.deltalog.LogTail;
import io.sluice.deltalog.Receipt;
import io.sluice.graph.Graph;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.WriteSpec;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.JobFacts;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.Ledgers;
import io.sluice.ledger.QuarantineRow;
import io.sluice.ledger.SourceItem;
import io.sluice.plan.MarkKinds;
import io.sluice.plan.Planner;
import io.sluice.survey.SimulatedTables.Cell;
import io.sluice.testing.Jobs;
import io.sluice.testing.LookedAt;
import io.sluice.testing.SettableClock;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a ledger is told that does not know what the lake does. */
class CatchUpTest {
  private static final Look NO_FILE = new Look(Look.Presence.EMPTY, List.of(), "no file");

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(Instant.parse("2011-01-11T06:00:00Z"));
  private final List<String> asked = new ArrayList<>();
  private Job raw;
  private Job fact;
  private Lake lake;
  private SimulatedTables tables;
  private Ledger ledger;

  @BeforeEach
  void begin() {
    raw = Jobs.csv("raw.sale").from("2011-01-01").partitionBy("day").build();
    fact = Jobs.sql("analysis.fact", "SELECT").from("2011-01-01").input("raw.sale").build();
    lake = Jobs.lake(folder.resolve("lake").toString(), raw, fact);
    tables = new SimulatedTables(lake, clock);
    ledger =
        Ledgers.open("jdbc:sqlite:" + folder.resolve("l.db"), Optional.empty(), Optional.empty());
  }

  @AfterEach
  void end() {
    ledger.close();
  }

  @Test
  void nothingNewCostsOneLookAtEachLogAndTellsNothing() {
    make(raw, "r1-1.1", "2011-01-01", "2011-01-03", Map.of());
    CatchUp.Taken first = catchUp();
    assertEquals(Map.of(raw.name(), 1), first.receipts());
    assertTrue(first.isAllItKnows());
    asked.clear();
    CatchUp.Taken second = catchUp();
    assertEquals(Map.of(), second.receipts());
    assertFalse(second.isAllItKnows());
    assertEquals(List.of("fact since -1", "sale since 0"), asked.stream().sorted().toList());
  }

  @Test
  void aRunOfWhichOnlyReceiptsAreLeftIsInTheHistoryWithItsTasks() {
    make(raw, "r1-1.1", "2011-01-01", "2011-01-03", Map.of());
    clock.advance(Duration.ofMinutes(5));
    make(fact, "r1-2.3", "2011-01-01", "2011-01-03", Map.of("raw.sale", 0L));
    catchUp();
    assertEquals(
        List.of("r1 2011-01-11T06:00:00Z Optional[2011-01-11T06:05:00Z]"),
        ledger.runs(9).stream()
            .map(run -> run.id() + " " + run.startedAt() + " " + run.endedAt())
            .toList());
    assertEquals(
        List.of("r1-1 raw.sale made", "r1-2 analysis.fact made"),
        ledger.tasks("r1").stream()
            .map(task -> task.id() + " " + task.job() + " " + task.state())
            .toList());
    assertEquals(List.of(), ledger.openAttempts());
    assertEquals(List.of(), ledger.openRuns());
  }

  @Test
  void anAttemptThatFailedAndLandedAllTheSameIsMade() {
    ledger.attemptStarted(attempt("r1-1.1"));
    ledger.attemptFailed("r1-1.1", clock.instant(), "transient", "timeout", set("01", "03"));
    make(raw, "r1-1.1", "2011-01-01", "2011-01-03", Map.of());
    catchUp();
    assertEquals(set("01", "03"), facts(raw).made());
    assertEquals(IntervalSet.EMPTY, facts(raw).failed());
  }

  @Test
  void whatIsStillOpenIsLeftToSettling() {
    ledger.attemptStarted(attempt("r1-1.1"));
    make(raw, "r1-1.1", "2011-01-01", "2011-01-03", Map.of());
    assertEquals(Map.of(), catchUp().receipts());
    assertEquals(1, ledger.openAttempts().size());
  }

  @Test
  void whoHasAnotherLedgerIsCaughtUpWithThoughOursWentOn() {
    make(raw, "ours-1.1", "2011-01-01", "2011-01-02", Map.of());
    catchUp();
    make(raw, "theirs-1.1", "2011-01-03", "2011-01-04", Map.of());
    clock.advance(Duration.ofMinutes(1));
    ledger.attemptStarted(attempt("ours-2.1"));
    long version = make(raw, "ours-2.1", "2011-01-01", "2011-01-03", Map.of());
    Receipt receipt = receipt(raw, "ours-2.1", "2011-01-01", "2011-01-03", Map.of());
    ledger.attemptMade(
        "ours-2.1",
        clock.instant(),
        new CommitFacts(lake, ledger, this::tail).facts(raw, receipt, version, Map.of(), Map.of()));
    assertEquals(set("01", "03"), facts(raw).made());

    assertEquals(Map.of(raw.name(), 1), catchUp().receipts());
    assertEquals(set("01", "04"), facts(raw).made());
    assertEquals(
        List.of("ours-2.1", "ours-2.1", "ours-2.1", "theirs-1.1"),
        ledger.quarantined(Optional.of("raw.sale")).stream().map(QuarantineRow::attempt).toList(),
        "a day that both made is as the later commit left it");
  }

  @Test
  void rowsWithoutReceiptAreNotMadeAgainAndIntervalByIntervalToldOf() throws IOException {
    make(raw, "r1-1.1", "2011-01-01", "2011-01-03", Map.of());
    make(fact, "r1-2.1", "2011-01-01", "2011-01-03", Map.of("raw.sale", 0L));
    make(raw, "r2-1.1", "2011-01-05", "2011-01-06", Map.of());
    for (int day : List.of(1, 2, 3, 5, 6, 8)) {
      file("raw/sale/day=2011-01-0%d/part.parquet".formatted(day));
    }
    Files.createDirectories(folder.resolve("lake/raw/sale/day=2011-01-09"));
    file("raw/sale/_sluice/staging/day=2011-01-10/part.parquet");
    tables.forget(raw.name(), 0);

    CatchUp.Taken taken = catchUp();
    assertEquals(set("01", "03").union(set("05", "06")).union(set("08", "08")), facts(raw).made());
    assertEquals(
        List.of(
            "raw.sale 2011-01-01 .. 2011-01-03 (3): the rows are there, no receipt is: commit 0 is no longer in the table's log; counted as made by an unknown definition; where that is wrong: sluice backfill --select raw.sale --from 2011-01-01 --to 2011-01-03",
            "raw.sale 2011-01-08 (1): the rows are there, no receipt is: commit 0 is no longer in the table's log; counted as made by an unknown definition; where that is wrong: sluice backfill --select raw.sale --from 2011-01-08 --to 2011-01-08"),
        taken.notes());
    assertEquals(List.of(), catchUp().notes(), "it is said once");
    assertEquals(
        "accepted", ledger.attemptsAt("raw.sale", Jobs.day("2011-01-01"), 1).get(0).state());
  }

  @Test
  void whereNoReceiptIsLeftAndRowsDoNotLieByIntervalTheLakeMakesAgainWhatItCan()
      throws IOException {
    unpartitioned();
    file("raw/sale/part.parquet");
    file("analysis/fact/part.parquet");
    make(raw, "r1-1.1", "2011-01-01", "2011-01-05", Map.of());
    make(fact, "r1-2.1", "2011-01-01", "2011-01-05", Map.of("raw.sale", 0L));
    clock.set(Instant.parse("2011-01-06T01:00:00Z"));
    tables.commit(raw.name(), Map.of(), Optional.empty(), Optional.empty());
    tables.commit(fact.name(), Map.of(), Optional.empty(), Optional.empty());
    tables.forget(raw.name(), 0);
    tables.forget(fact.name(), 0);
    clock.set(Instant.parse("2011-01-11T06:00:00Z"));

    List<String> notes = catchUp().notes();

    String made =
        "analysis.fact 2011-01-01 .. 2011-01-05 (5): no receipt says whether they were made: commit 0 is no longer in the table's log; not counted as made: a run makes them again; where they are right as they are: sluice accept analysis.fact --from 2011-01-01 --to 2011-01-05 --reason TEXT";
    assertEquals(
        List.of(
            "raw.sale 2011-01-01 .. 2011-01-05 (5): no receipt says whether they were made: commit 0 is no longer in the table's log; counted as made by an unknown definition; where that is wrong: sluice backfill --select raw.sale --from 2011-01-01 --to 2011-01-05",
            made),
        notes);
    assertEquals(set("01", "05"), facts(raw).made(), "its source may have no more of them");
    assertEquals(IntervalSet.EMPTY, facts(fact).made());
    assertEquals(List.of(made), catchUp().notes(), "it is said until they are made");
    make(fact, "r2-1.1", "2011-01-01", "2011-01-05", Map.of("raw.sale", 0L));
    assertEquals(List.of(), catchUp().notes());
    assertEquals(set("01", "05"), facts(fact).made());
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "external", "ordered"})
  void whatTheLakeCanNotSurelyMakeAgainCounts(String kind) throws IOException {
    Jobs from =
        kind.equals("java")
            ? Jobs.java("analysis.fact", "Fact", Map.of())
            : Jobs.sql("analysis.fact", "SELECT");
    from.from("2011-01-01").partitionBy().intervalBy("day").input("raw.sale");
    if (kind.equals("ordered")) {
      from.write(new WriteSpec.Merge(List.of("code"), Optional.empty(), Optional.empty(), false));
    }
    fact = from.build();
    if (kind.equals("external")) {
      raw = Jobs.external("raw.sale", folder.resolve("theirs").toString()).build();
    }
    lake = Jobs.lake(folder.resolve("lake").toString(), raw, fact);
    tables = new SimulatedTables(lake, clock);
    file("analysis/fact/part.parquet");
    make(fact, "r1-2.1", "2011-01-01", "2011-01-05", Map.of());
    clock.set(Instant.parse("2011-01-06T01:00:00Z"));
    tables.commit(fact.name(), Map.of(), Optional.empty(), Optional.empty());
    tables.forget(fact.name(), 0);

    assertEquals(
        List.of(
            "analysis.fact 2011-01-01 .. 2011-01-05 (5): no receipt says whether they were made: commit 0 is no longer in the table's log; counted as made by an unknown definition; where that is wrong: sluice backfill --select analysis.fact --from 2011-01-01 --to 2011-01-05"),
        catchUp().notes());
    assertEquals(set("01", "05"), facts(fact).made());
  }

  @Test
  void ofATableWithoutAnyFileNothingCounts() throws IOException {
    unpartitioned();
    make(raw, "r1-1.1", "2011-01-01", "2011-01-05", Map.of());
    tables.commit(raw.name(), Map.of(), Optional.empty(), Optional.empty());
    tables.forget(raw.name(), 0);
    assertEquals(List.of(), catchUp().notes());
    assertEquals(IntervalSet.EMPTY, facts(raw).made());
  }

  @Test
  void ofATableThatBeganAnewNothingOlderCounts() {
    make(raw, "r1-1.1", "2011-01-01", "2011-01-06", Map.of());
    clock.advance(Duration.ofMinutes(5));
    Receipt part = receipt(raw, "r2-1.1", "2011-01-01", "2011-01-02", Map.of());
    tables.commit(raw.name(), Map.of(), Optional.empty(), Optional.of(anew(part)));
    catchUp();
    assertEquals(set("01", "02"), MarkKinds.standing(facts(raw)));
    assertEquals(set("01", "06"), facts(raw).made(), "and so they are made again");
  }

  @Test
  void whoTakesAJobOverIsToldWhatWasMadeSinceOfThisJobAlone() {
    make(raw, "r1-1.1", "2011-01-01", "2011-01-03", Map.of());
    make(fact, "r1-2.1", "2011-01-01", "2011-01-03", Map.of("raw.sale", 0L));
    catching().catchUp(raw);
    assertEquals(set("01", "03"), facts(raw).made());
    assertEquals(IntervalSet.EMPTY, facts(fact).made());
  }

  @Test
  void whatAnotherLedgersDriversMadeIsTakenOverFromThem() {
    make(raw, "r1-1.1", "2011-01-01", "2011-01-03", Map.of());
    catchUp();
    Duration minute = Duration.ofMinutes(1);
    assertTrue(
        ledger
            .take("raw.sale", "me", clock.instant(), minute)
            .orElseThrow()
            .takenFrom()
            .isPresent());
    assertEquals(
        Optional.empty(),
        ledger.take("analysis.fact", "me", clock.instant(), minute).orElseThrow().takenFrom());
  }

  @Test
  void thatAFileIsGoneWhichAnIntervalWasMadeFromIsSeenWithoutTheOldLedger() {
    Receipt receipt = receipt(raw, "r1-1.1", "2011-01-01", "2011-01-02", Map.of());
    tables.commit(
        raw.name(),
        Map.of(),
        Optional.empty(),
        Optional.of(
            new Receipt(
                receipt.lake(),
                receipt.job(),
                receipt.run(),
                receipt.attempt(),
                receipt.definition(),
                Map.of(),
                receipt.made(),
                List.of("of a file that is gone", NO_FILE.checksum()),
                "")));
    catchUp();
    Map<Interval, List<SourceItem>> items =
        ledger.sourceItems("raw.sale", Jobs.day("2011-01-01").span(Jobs.day("2011-01-02")));
    assertEquals(
        List.of(new SourceItem("what it was made from", "of a file that is gone", 0)),
        items.get(Jobs.day("2011-01-01")));
    assertEquals(List.of(), items.getOrDefault(Jobs.day("2011-01-02"), List.of()));
  }

  @Test
  void aTableIsNotTakenForNeverMadeWhereItsLogCanNotBeReadAndTheOthersAreTakenIn()
      throws IOException {
    make(raw, "r1-1.1", "2011-01-01", "2011-01-03", Map.of());
    Path log = Files.createDirectories(folder.resolve("lake/analysis/fact/_delta_log"));
    Files.writeString(log.resolve("00000000000000000000.json"), "{\"add\":");
    String said =
        String.valueOf(assertThrows(UnknownTableException.class, this::catchUp).getMessage());
    assertTrue(said.startsWith("analysis.fact: what was made of it is not in the ledger"), said);
    assertEquals(set("01", "03"), facts(raw).made());
  }

  private void unpartitioned() {
    raw = Jobs.csv("raw.sale").from("2011-01-01").partitionBy().intervalBy("day").build();
    fact =
        Jobs.sql("analysis.fact", "SELECT")
            .from("2011-01-01")
            .partitionBy()
            .intervalBy("day")
            .input("raw.sale")
            .build();
    lake = Jobs.lake(folder.resolve("lake").toString(), raw, fact);
    tables = new SimulatedTables(lake, clock);
  }

  private void file(String name) throws IOException {
    Path file = folder.resolve("lake").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "rows");
  }

  private CatchUp.Taken catchUp() {
    return catching().catchUp();
  }

  private CatchUp catching() {
    Survey survey =
        new Survey(lake, ledger, this::tail, any -> new LookedAt(day -> NO_FILE), clock);
    Graph graph = new Graph(lake);
    RememberedTails once = new RememberedTails(this::tail);
    Unobtainable none = new UnobtainableThen(lake, survey, new Planner(lake, graph), once);
    return new CatchUp(lake, graph, ledger, once, none, survey::look, clock);
  }

  private LogTail tail(String path, long version) {
    asked.add(Path.of(path).getFileName() + " since " + version);
    return LogHistory.at(path, Map.of()).since(version);
  }

  private JobFacts facts(Job job) {
    return ledger.facts(job.name().toString());
  }

  /** Days of January, both included. */
  private static IntervalSet set(String first, String last) {
    return IntervalSet.of(Jobs.days("2011-01-" + first, "2011-01-" + last));
  }

  private long make(Job job, String attempt, String first, String last, Map<String, Long> reads) {
    Map<Interval, Cell> cells = new TreeMap<>();
    Jobs.days(first, last).forEach(day -> cells.put(day, new Cell(attempt, Map.of(), false)));
    return tables.commit(
        job.name(),
        cells,
        Optional.empty(),
        Optional.of(receipt(job, attempt, first, last, reads)));
  }

  private static Receipt receipt(
      Job job, String attempt, String first, String last, Map<String, Long> reads) {
    return new Receipt(
        "test",
        job.name().toString(),
        attempt.substring(0, attempt.indexOf('-')),
        attempt,
        "d1",
        reads,
        Jobs.days(first, last).stream().map(day -> new Receipt.Made(day, 5, 1)).toList());
  }

  private static Receipt anew(Receipt receipt) {
    return new Receipt(
        receipt.lake(),
        receipt.job(),
        receipt.run(),
        receipt.attempt(),
        receipt.definition(),
        receipt.reads(),
        receipt.made(),
        List.of(),
        "",
        true,
        Optional.empty());
  }

  private AttemptRow attempt(String id) {
    return AttemptRow.begun(
        id, "r1", "r1-1", "raw.sale", set("01", "03"), "d1", -1, clock.instant());
  }
}
