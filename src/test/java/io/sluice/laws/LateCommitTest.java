package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.TableLog;
import io.sluice.ledger.AttemptRow;
import io.sluice.testing.LateLogStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A commit times out and is not in the log, so that it is tried again; then it is made all the
 * same, because the storage was only slow.
 */
class LateCommitTest {
  private static final List<String> DAILY =
      List.of("2011-01-01|2|3", "2011-01-02|1|5", "2011-01-03|2|11");

  @TempDir Path folder = Path.of("");

  private TestLake lake = TestLake.of(folder, "2011-01-04T04:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private AutoCloseable slow = () -> {};

  @BeforeEach
  void makeALake() {
    slow = LateLogStore.open();
    lake =
        SaleLake.at(folder)
            .edit("jobs/raw/sale.conf", text -> text + "retry { attempts = 2, delay = 4s }\n");
    lake.run();
    lake.land("2011-01-02.csv", "code,amount", "c,5");
    LateLogStore.delayNext("raw/sale");
  }

  @AfterEach
  void asItWas() throws Exception {
    slow.close();
  }

  @Test
  void readersAreMadeThoughTheSecondTryFindsItsRowsThere() {
    CompletableFuture<Boolean> landing = CompletableFuture.supplyAsync(this::landOnceItHasFailed);

    assertEquals("Made 3 of 3 intervals (3 rows)", lake.run().lastLine());

    assertTrue(landing.join());
    List<Commit> commits = TableLog.at(lake.path("raw.sale"), Map.of()).since(0).commits();
    assertEquals(
        List.of(true, false),
        commits.stream().map(Commit::changesData).toList(),
        "the late one, and one that only says that it was made again");
    assertEquals(DAILY, lake.rows("aggregate.daily"));
    assertEquals("", lake.plan());
    lake.run();
    assertEquals(
        List.of("made", "made"),
        lake.attempts().stream()
            .filter(attempt -> attempt.job().equals("raw.sale"))
            .limit(2)
            .map(AttemptRow::state)
            .toList(),
        "what had failed was told by its receipt");
    assertEquals(DAILY, lake.rows("aggregate.daily"));
  }

  @Test
  void whatLandsAfterTheRunHasGivenUpIsTakenByTheNext() {
    lake.edit("jobs/raw/sale.conf", text -> text.replace("attempts = 2", "attempts = 1"));
    assertEquals(1, lake.type("run").exit());
    assertTrue(LateLogStore.land());

    assertEquals("Made 2 of 2 intervals (2 rows)", lake.run().lastLine());

    assertEquals(List.of("2011-01-02|5"), lake.rows("raw.sale", "day", "amount").subList(2, 3));
    assertEquals(DAILY, lake.rows("aggregate.daily"));
    assertEquals("", lake.plan());
  }

  /** The log has been looked at by then, and the second try waits. */
  private boolean landOnceItHasFailed() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!LateLogStore.isHolding() || !hasFailed()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("No commit was held, or its attempt did not fail");
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return LateLogStore.land();
  }

  private boolean hasFailed() {
    return lake.attempts().get(0).state().equals("failed");
  }
}
