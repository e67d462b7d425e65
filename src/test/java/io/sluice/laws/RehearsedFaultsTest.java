package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell;
import io.sluice.ledger.AttemptRow;
import io.sluice.time.Cadence;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that a person asks for. */
class RehearsedFaultsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void whatMayPassIsTriedAgainAndWhatIsTooMuchInHalves() {
    TestLake lake = SaleLake.at(folder);
    Shell.Said said =
        lake.run(
            "--fault",
            "fail-before-commit:raw.sale",
            "--fault",
            "memory-after-stage:analysis.line");
    assertTrue(said.err().contains("rehearsed: fail-before-commit:raw.sale"), said.err());
    assertTrue(said.err().contains("again in halves"), said.err());
    assertEquals("", lake.plan());
    assertEquals(List.of("failed 3", "made 3"), attempts(lake, "raw.sale"));
    assertEquals(List.of("failed 3", "made 2", "made 1"), attempts(lake, "analysis.line"));
    assertEquals(
        List.of("2011-01-01|2|3", "2011-01-02|2|7", "2011-01-03|2|11"),
        lake.rows("aggregate.daily"));
  }

  @Test
  void aCommitWhoseAnswerIsLostIsNotMadeTwice() {
    TestLake lake = SaleLake.at(folder);
    Shell.Said said =
        lake.type(
            "run",
            "--fault",
            "memory-after-commit:raw.sale",
            "--fault",
            "fail-before-ledger:analysis.line");
    assertEquals(3, said.exit(), said.err());
    assertTrue(said.err().contains("published, but not entered in the ledger"), said.err());
    assertEquals(List.of("made 3"), attempts(lake, "raw.sale"));
    assertTrue(lake.run().err().contains("settled: analysis.line"));
    assertEquals(1, lake.receipts("raw.sale").size());
    assertEquals(1, lake.receipts("analysis.line").size());
    assertEquals("", lake.plan());
  }

  @Test
  void aFaultOfNoJobIsAMistake() {
    TestLake lake = SaleLake.at(folder);
    Shell.Said none = lake.type("run", "--fault", "kill-after-commit:raw.sales");
    assertEquals(2, none.exit());
    assertTrue(none.err().contains("--fault: 'raw.sales' is no job"), none.err());
    Shell.Said typed = lake.type("run", "--fault", "kill-after-comit:raw.sale");
    assertEquals(2, typed.exit());
    assertTrue(typed.err().contains("has an unknown word: comit"), typed.err());
  }

  private static List<String> attempts(TestLake lake, String job) {
    return lake.attempts().stream()
        .filter(attempt -> attempt.job().equals(job))
        .map(RehearsedFaultsTest::shown)
        .toList();
  }

  private static String shown(AttemptRow attempt) {
    return attempt.state() + " " + attempt.intervals().split(Cadence.DAY).size();
  }
}
