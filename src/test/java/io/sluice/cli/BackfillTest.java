package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ledger.JobFacts;
import io.sluice.ledger.Ledger;
import io.sluice.plan.MarkKinds;
import io.sluice.plan.PlannedTask;
import io.sluice.testing.SettableClock;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import io.sluice.time.TypedDate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backfill may be asked, in a project of files where nothing is faked and nothing made. */
class BackfillTest {
  private static final Instant NOW = Instant.parse("2011-01-04T04:00:00Z");

  @TempDir Path folder;

  @BeforeEach
  void begin() throws IOException {
    file("conf/lake.conf", "name = test");
    file(
        "jobs/raw/sale.conf",
        """
        source { type = files, path = "landing/{yyyy-MM-dd}.csv", format = csv, missing = wait }
        partition-by = day
        start = 2011-01-01
        """);
    for (int day = 1; day <= 3; day++) {
      file("landing/2011-01-0" + day + ".csv", "code\na\n");
    }
  }

  @Test
  void aTableWhoseRowsCanAllBeMadeAgainIsMadeAnew() {
    made("raw.sale", "2011-01-01", "2011-01-03");
    assertEquals(
        List.of("raw.sale 2011-01-01 .. 2011-01-03"), plan("raw.sale", "2011-01-02", true));
  }

  @Test
  void withoutALastDateAllSinceTheFirstIsMeant() {
    Shell.Said said =
        new Shell(folder, new SettableClock(NOW))
            .type("backfill", "--select", "raw.sale", "--from", "2011-01-02", "--plan");
    assertEquals(0, said.exit(), said.err());
    assertTrue(said.out().contains("2  2011-01-02 .. 2011-01-03  "), said.out());
  }

  @Test
  void whatAPlanProposesForATableWithoutTimeCanBeTyped() throws IOException {
    file(
        "jobs/aggregate/total.sql",
        "/* sluice { every = none } */ SELECT count(*) AS n FROM raw.sale");
    made("raw.sale", "2011-01-01", "2011-01-03");
    try (Engine engine = open()) {
      Ledger ledger = engine.ledger();
      ledger.accept("aggregate.total", IntervalSet.of(Interval.ALWAYS), "f", "as if made", NOW);
      ledger.advance(
          "aggregate.total",
          "aggregate.total",
          Optional.empty(),
          1,
          List.of(
              new JobFacts.Mark(Interval.ALWAYS, MarkKinds.FOREIGN, "DELETE by others"),
              new JobFacts.Mark(Interval.ALWAYS, MarkKinds.INPUT_CHANGED, "raw.sale")));
    }
    Shell shell = new Shell(folder, new SettableClock(NOW));
    String waiting = shell.type("plan").out();
    List<String> proposed =
        Pattern.compile("sluice ((backfill|accept) [^;\n]+)")
            .matcher(waiting)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertEquals(2, proposed.size(), waiting);

    Shell.Said backfill = shell.type((proposed.get(0) + " --plan").split(" "));
    assertTrue(backfill.out().contains("aggregate.total"), backfill.out() + backfill.err());
    assertTrue(backfill.out().contains("forced"), backfill.out() + backfill.err());
    Shell.Said accept = shell.type(proposed.get(1).split(" "));
    assertEquals(0, accept.exit(), accept.err());
    assertFalse(shell.type("plan").out().contains("DELETE by others"));
  }

  @Test
  void aRebuildIsRefusedWhereAFileIsGone() throws IOException {
    made("raw.sale", "2011-01-01", "2011-01-03");
    Files.delete(folder.resolve("landing/2011-01-02.csv"));
    assertEquals(
        List.of("raw.sale 2011-01-03"), plan("raw.sale", "2011-01-03", false), "one day alone");
    refused("raw.sale 2011-01-02 (no file", "raw.sale", "2011-01-03");
  }

  @Test
  void aRebuildIsRefusedWhereAMissingFileIsAFailure() throws IOException {
    made("raw.sale", "2011-01-01", "2011-01-03");
    file("jobs/raw/sale.conf", read("jobs/raw/sale.conf").replace("wait", "fail"));
    Files.delete(folder.resolve("landing/2011-01-02.csv"));
    refused("raw.sale 2011-01-02 (no file", "raw.sale", "2011-01-03");
  }

  @Test
  void aRebuildIsRefusedOfWhatASourceOfThePresentShowedInThePast() throws IOException {
    file(
        "jobs/raw/person.conf",
        """
        source { type = jdbc, url = "jdbc:h2:mem:never_asked", table = person }
        partition-by = day
        start = 2011-01-01
        """);
    made("raw.person", "2011-01-01", "2011-01-03");
    refused(
        "raw.person 2011-01-01 .. 2011-01-02 (person is only known as it is now",
        "raw.person",
        "2011-01-03");
  }

  @Test
  void aBackfillOfWhatCanNoLongerBeHadIsToldSo() throws IOException {
    file(
        "jobs/raw/person.conf",
        """
        source { type = jdbc, url = "jdbc:h2:mem:never_asked", table = person }
        partition-by = day
        start = 2011-01-01
        """);
    assertEquals(
        "nothing of it can be made: raw.person 2011-01-01 .. 2011-01-02: can't be had any more: the"
            + " source knows only the present",
        mistake(List.of("raw.person"), "2011-01-01"));
  }

  @Test
  void aRebuildIsRefusedWhereTheStartWasMovedOrAnInputIsNotMade() throws IOException {
    file(
        "jobs/analysis/line.sql",
        "/* sluice\n  partition-by = day\n*/\nSELECT code, day FROM raw.sale");
    made("raw.sale", "2011-01-02", "2011-01-03");
    made("analysis.line", "2011-01-01", "2011-01-03");
    refused(
        "analysis.line 2011-01-01 (raw.sale 2011-01-01 is not made)",
        "analysis.line",
        "2011-01-03");

    file("jobs/raw/sale.conf", read("jobs/raw/sale.conf").replace("2011-01-01", "2011-01-02"));
    refused("analysis.line 2011-01-01 (not due", "analysis.line", "2011-01-03");
  }

  @Test
  void aSpanInWhichNothingIsDueIsToldWhatIs() throws IOException {
    assertEquals(
        "raw.sale has no due interval there; its intervals are 2011-01-01 .. 2011-01-03",
        mistake(List.of("raw.sale"), "2101-01"));
    file(
        "jobs/analysis/week.sql",
        "/* sluice\n  partition-by = day, every = week\n*/\nSELECT max(code) AS code, day FROM raw.sale GROUP BY day");
    assertEquals(
        "none of the 2 tables has a due interval there; their intervals are in 2010-12-27 .. 2011-01-03",
        mistake(List.of(), "2101-01"));
    assertEquals(List.of("raw.sale 2011-01-03"), plan(List.of(), "2011-01-03", false));
    file("jobs/raw/sale.conf", read("jobs/raw/sale.conf").replace("2011-01-01", "2012-01-01"));
    assertEquals(
        "no interval of raw.sale is due yet: it starts with 2012-01-01",
        mistake(List.of("raw.sale"), "2012-01"));
    assertEquals("no interval of the 2 tables is due yet", mistake(List.of(), "2012-01"));
  }

  @Test
  void aViewAndAnExternalTableHaveNothingToMake() throws IOException {
    file(
        "jobs/raw/fed.conf",
        "external { path = \"elsewhere\", partition-by = day }\nstart = 2011-01-01");
    file(
        "jobs/analysis/large.sql",
        "/* sluice\n  write { mode = view }\n*/\nSELECT code, day FROM raw.sale");
    assertEquals(
        "nothing to make: raw.fed is an external table, which others make; analysis.large is a view, which is not stored; select what reads it",
        mistake(List.of("large", "fed"), "2011-01-01"));
  }

  private String mistake(List<String> jobs, String date) {
    return assertThrows(UserException.class, () -> plan(jobs, date, false)).getMessage() + "";
  }

  private void refused(String lost, String job, String date) {
    String told = assertThrows(UserException.class, () -> plan(job, date, true)).getMessage() + "";
    assertEquals(
        "--rebuild replaces the whole table, and what is made but can't be made again would be lost: "
            + lost,
        told.substring(0, Math.min(told.length(), told.indexOf(lost) + lost.length())),
        told);
  }

  private List<String> plan(String job, String date, boolean rebuild) {
    return plan(List.of(job), date, rebuild);
  }

  private List<String> plan(List<String> jobs, String date, boolean rebuild) {
    Interval span = TypedDate.parse(date).orElseThrow();
    try (Engine engine = open()) {
      return engine
          .plan(
              new PlanRequest(
                  jobs,
                  Optional.empty(),
                  false,
                  false,
                  Optional.of(new PlanRequest.Backfill(span, false, rebuild))))
          .tasks()
          .stream()
          .map(BackfillTest::told)
          .toList();
    }
  }

  private static String told(PlannedTask task) {
    return task.job() + " " + task.every().name(task.first(), task.last());
  }

  private void made(String job, String first, String last) {
    try (Engine engine = open()) {
      Ledger ledger = engine.ledger();
      IntervalSet days =
          IntervalSet.of(
              TypedDate.parse(first).orElseThrow().span(TypedDate.parse(last).orElseThrow()));
      ledger.accept(job, days, "f", "as if made", NOW);
    }
  }

  private Engine open() {
    return new Shell(folder, new SettableClock(NOW)).openWithoutSpark();
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
