package io.sluice.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.time.Interval;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand jobs of ten years; what a plan of them costs is measured by the benchmark. */
class BigLedgerTest {

  private static final LocalDate START = LocalDate.of(2011, 1, 1);
  private static final int JOBS = 1_000;
  private static final int DAYS = 3_650;

  /** Days that were left out, so that a job is so many ranges and one more. */
  private static final int HOLES = 20;

  @TempDir Path folder;

  @Test
  void factsOfAThousandJobsAndTenYearsAreRead() throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("ledger.db");
    Ledgers.open(url, Optional.empty(), Optional.empty()).close();
    try (Connection connection = Sqlite.of(url).connect()) {
      connection.setAutoCommit(false);
      load(new Transaction(connection));
      connection.commit();
    }
    try (Ledger ledger = Ledgers.open(url, Optional.empty(), Optional.empty())) {
      Map<String, JobFacts> facts = ledger.facts();
      assertEquals(JOBS, facts.size());
      JobFacts one = facts.getOrDefault("raw.t7", JobFacts.none("raw.t7"));
      assertEquals(HOLES + 1, one.made().ranges().size());
      assertEquals(HOLES, one.failed().ranges().size());
      assertEquals(1, one.stale().size());
      assertEquals(3, one.positions().size());
    }
  }

  private static void load(Transaction transaction) throws Exception {
    List<Object[]> jobs = new ArrayList<>();
    List<Object[]> made = new ArrayList<>();
    List<Object[]> deviations = new ArrayList<>();
    List<Object[]> positions = new ArrayList<>();
    int part = DAYS / (HOLES + 1);
    for (int i = 0; i < JOBS; i++) {
      String job = "raw.t" + i;
      jobs.add(new Object[] {job, "d1"});
      for (int hole = 0; hole <= HOLES; hole++) {
        Interval range = days(hole * part, (hole + 1) * part - 1);
        made.add(new Object[] {job, range.from(), range.to(), "d1"});
        if (hole < HOLES) {
          Interval failed = days((hole + 1) * part - 1, (hole + 1) * part);
          deviations.add(new Object[] {job, "failed", "", "", failed.from(), failed.to()});
        }
      }
      Interval stale = days(3, 40);
      deviations.add(
          new Object[] {job, "stale", "input changed", "raw.x 7", stale.from(), stale.to()});
      for (int input = 0; input < 3; input++) {
        positions.add(new Object[] {job, "raw.t" + (i + input) % JOBS, 3650L});
      }
    }
    transaction.batch("INSERT INTO job (name, definition, forced) VALUES (?, ?, 0)", jobs);
    transaction.batch(
        "INSERT INTO made (job, from_at, to_at, definition) VALUES (?, ?, ?, ?)", made);
    transaction.batch(
        """
        INSERT INTO deviation (job, sort, about, cause, from_at, to_at, forced)
        VALUES (?, ?, ?, ?, ?, ?, 0)""",
        deviations);
    transaction.batch("INSERT INTO log_position (job, input, version) VALUES (?, ?, ?)", positions);
  }

  private static Interval days(int from, int to) {
    return new Interval(START.plusDays(from).atStartOfDay(), START.plusDays(to).atStartOfDay());
  }
}
