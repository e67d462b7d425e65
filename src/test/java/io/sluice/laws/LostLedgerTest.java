package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lake is the truth: whatever becomes of the ledger, the plan is the same. */
class LostLedgerTest {
  private static final long SEED = 11;
  @TempDir Path temp;

  @Test
  void whateverBecomesOfTheLedgerThePlanIsTheSame() throws IOException {
    TestLake lake = lake();
    Path state = lake.folder().resolve(".sluice");
    Path asItWas = temp.resolve("as it was");
    String plan = lake.plan();
    assertEquals(
        """
        raw.note | 1 | 2011-01-04 | source changed (c.csv is new)
        raw.sale | 1 | 2011-01-02 | source changed (2011-01-02.csv changed)
        analysis.line | 1 | 2011-01-02 | upstream (raw.sale)
        analysis.price | 3 | 2011-01-02 .. 2011-01-04 | upstream (raw.sale); order (after 2011-01-02)
        """,
        plan);
    List<String> told = told(lake);
    copy(state, asItWas);

    remove(state);
    Shell.Said said = lake.type("plan");
    assertTrue(said.err().contains("the ledger knew nothing of "), said.err());
    assertEquals(tasks(plan), tasks(lake.plan()));
    assertEquals(told, told(lake));
    assertEquals("", lake.type("plan").err(), "it is said once");

    Random random = new Random(SEED);
    for (int i = 0; i < 5; i++) {
      remove(state);
      copy(asItWas, state);
      Path ledger = state.resolve("ledger.db");
      long size = Files.size(ledger);
      try (FileChannel channel = FileChannel.open(ledger, StandardOpenOption.WRITE)) {
        channel.truncate(i == 0 ? 0 : random.nextLong(size));
      }
      Shell.Said cut = lake.type("plan");
      assertTrue(cut.err().contains(": taken in"), cut.err());
      assertEquals(i > 0, cut.err().contains("was moved to ledger.db.damaged-"), cut.err());
      assertEquals(tasks(plan), tasks(lake.plan()), "seed " + SEED + " cut " + i);
      assertEquals(told, told(lake));
    }

    lake.run();
    assertEquals("", lake.plan());
    remove(asItWas);
    copy(state, asItWas);
    lake.land("2011-01-03.csv", "code,amount", "b,7");
    lake.run();
    remove(state);
    copy(asItWas, state);
    assertTrue(lake.type("plan").err().contains("3 receipts of 3 tables: taken in"));
    assertEquals("", lake.plan(), "an older copy of the ledger was put back");
  }

  /** With rows in quarantine, an interval that was accepted, and some that are stale. */
  private TestLake lake() {
    TestLake lake =
        SaleLake.at(temp.resolve("lake"))
            .edit(
                "jobs/raw/sale.conf",
                text ->
                    text.replace("format = csv", "format = csv, missing = fail") + "limit = 60 %\n")
            .file(
                "jobs/raw/note.conf",
                """
                source { type = files, path = "landing/notes/*.csv", format = csv, options { header = true } }
                partition-by = day
                start = 2011-01-01
                """)
            .file(
                "jobs/analysis/price.sql",
                """
                /* sluice
                  interval-by = _day
                  write { mode = scd2, key = [code] }
                */
                SELECT code, max(amount) AS amount, day AS _day FROM raw.sale GROUP BY code, day
                """)
            .remove("jobs/aggregate/daily.sql")
            .land("2011-01-03.csv", "code,amount", "b,5", "c,six")
            .land("notes/a.csv", "text", "first");
    lake.run();
    lake.land("notes/b.csv", "text", "second").now("2011-01-05T04:00:00Z").type("run");
    lake.made("accept", "raw.sale", "--date", "2011-01-04", "--reason", "closed");
    lake.run();
    lake.land("notes/c.csv", "text", "third");
    return lake.land("2011-01-02.csv", "code,amount", "a,3", "c,40");
  }

  /** Without the reasons: of a file that changed it is not known any more that it was there. */
  private static List<String> tasks(String plan) {
    return plan.lines().map(line -> line.substring(0, line.lastIndexOf(" | "))).toList();
  }

  /** What else the ledger knows of the tables. */
  private static List<String> told(TestLake lake) {
    return List.of(
        lake.made("status").out(),
        lake.made("quarantine", "list").out(),
        String.valueOf(
            lake.made("history", "raw.sale", "--date", "2011-01-04").out().contains("closed")));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
