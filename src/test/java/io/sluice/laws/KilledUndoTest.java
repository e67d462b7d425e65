package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Engine;
import io.sluice.cli.Shell;
import io.sluice.ledger.AttemptRow;
import io.sluice.repair.Undo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An undo that dies leaves nothing half, and the same command or the next run goes on from it. */
class KilledUndoTest {
  private static final List<String> SALE = List.of("raw.sale", "analysis.line", "aggregate.daily");
  private static final Instant DYING = Instant.parse("2011-01-04T05:00:00Z");

  @TempDir Path folder = Path.of("");

  /** When the process ends. */
  private enum Moment {
    AFTER_THE_FIRST_COMMIT,
    BEFORE_THE_SECOND_COMMIT
  }

  @Test
  void theNextRunTakesOverWhatHadBeenPutBack() {
    TestLake lake = SaleLake.at(folder);
    lake.run();
    Map<String, List<String>> before = rows(lake);
    String run = changed(lake);

    die(lake, run, Moment.AFTER_THE_FIRST_COMMIT);
    assertEquals(before.get("raw.sale"), lake.rows("raw.sale"));

    lake.now("2011-01-04T06:00:00Z");
    Shell.Said said = lake.run();
    assertTrue(said.err().contains("settled: raw.sale"), said.err());
    assertEquals(before, rows(lake));
    assertTrue(lake.attempts().stream().noneMatch(row -> row.state().equals("running")));
    assertEquals("", lake.plan());
  }

  @Test
  void theSameCommandPutsBackTheRest() {
    TestLake lake = SaleLake.at(folder);
    lake.run();
    Map<String, List<String>> before = rows(lake);
    String run = changed(lake);
    lake.ask(
        engine ->
            engine.ledger().lease("analysis.line", "other/1/1/1", DYING, Duration.ofHours(9)));
    Shell.Said held = lake.type("undo", run);
    assertEquals(4, held.exit());
    assertTrue(held.out().contains("analysis.line is held by another driver"), held.out());
    lake.ask(
        engine -> {
          engine.ledger().release("analysis.line", "other/1/1/1");
          return true;
        });

    die(lake, run, Moment.BEFORE_THE_SECOND_COMMIT);
    lake.now("2011-01-04T06:00:00Z");
    assertEquals(before.get("raw.sale"), lake.rows("raw.sale"));
    assertTrue(lake.plan().startsWith("analysis.line | 1 | 2011-01-02 | input changed"));

    lake.made("undo", run);
    assertEquals(before, rows(lake));
    assertEquals("", lake.plan());
  }

  @Test
  void whoseCommitIsNotKnownToBeThereLeavesTheTableToTheNextRun() throws IOException {
    TestLake lake = SaleLake.at(folder);
    lake.run();
    Map<String, List<String>> before = rows(lake);
    String run = changed(lake);
    // Runs made two versions, the undo makes the third.
    Path broken = Path.of(lake.path("raw.sale"), "_delta_log/%020d.json".formatted(3));

    Undo.Ended ended =
        UndoByHand.run(
            lake,
            DYING,
            run,
            tables ->
                (restore, receipt) -> {
                  assertEquals(2, tables.restore(restore, receipt));
                  write(broken, "{\"add\":");
                  throw new IllegalStateException("no answer");
                });

    assertEquals(1, ended.exit());
    assertTrue(
        ended.lastLine().contains("whether it was put back could not be found out (no answer"),
        ended.lastLine());
    try (Engine engine = lake.shell().openWithoutSpark()) {
      assertEquals(
          List.of("raw.sale"),
          engine.ledger().openAttempts().stream().map(AttemptRow::job).toList());
      assertTrue(engine.ledger().leaseHolder("raw.sale", DYING).isPresent(), "Nobody else's yet");
      assertTrue(engine.ledger().leaseHolder("analysis.line", DYING).isEmpty());
    }

    Files.delete(broken);
    lake.now("2011-01-04T06:00:00Z");
    Shell.Said said = lake.run();
    assertTrue(said.err().contains("settled: raw.sale"), said.err());
    assertEquals(before, rows(lake));
    assertEquals("", lake.plan());
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String changed(TestLake lake) {
    lake.land("2011-01-02.csv", "code,amount", "a,30", "x,40");
    lake.run();
    return lake.history().get(0).id();
  }

  private static void die(TestLake lake, String run, Moment moment) {
    int[] commits = {0};
    assertThrows(
        Killed.class,
        () ->
            UndoByHand.run(
                lake,
                DYING,
                run,
                tables ->
                    (restore, receipt) -> {
                      if (commits[0]++ == 1) {
                        throw new Killed();
                      }
                      long version = tables.restore(restore, receipt);
                      if (moment == Moment.AFTER_THE_FIRST_COMMIT) {
                        throw new Killed();
                      }
                      return version;
                    }));
  }

  /** Nobody catches it, as nobody catches a signal. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private static Map<String, List<String>> rows(TestLake lake) {
    Map<String, List<String>> rows = new TreeMap<>();
    SALE.forEach(table -> rows.put(table, lake.rows(table)));
    return rows;
  }
}
