package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.RunRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed loses nothing and makes nothing twice. Three kills, or as many as {@code
 * -Dsluice.kills} says.
 */
class KilledRunTest {
  private static final long SEED = 7;
  private static final int KILLS = Integer.getInteger("sluice.kills", 3);
  private static final int DAYS = 10;
  @TempDir Path temp = Path.of("");

  @Test
  void killedAtAnyMomentARunIsFinishedByTheNext() throws Exception {
    TestLake undisturbed = fiveTables("undisturbed");
    undisturbed.run();
    TestLake lake = fiveTables("killed");
    Random random = new Random(SEED);

    for (int i = 0; i < KILLS; i++) {
      Moment moment = Moment.values()[i % Moment.values().length];
      try (ChildRun child = ChildRun.start(lake.folder())) {
        child.kill(moment, 1 + random.nextInt(3), random.nextInt(200));
      }
    }

    List<String> said = lake.now("2030-01-01T00:00:00Z").run().err().lines().toList();
    for (String table : SampleExtract.FIVE) {
      assertEquals(undisturbed.rows(table), lake.rows(table), table + " after\n" + said);
      assertEquals(DAYS, intervals(lake, table).size(), table);
      assertEquals(DAYS, intervals(lake, table).stream().distinct().count(), table);
    }
    assertEquals("", lake.plan());
    List<RunRow> history = lake.history();
    assertEquals(KILLS + 1, history.size());
    assertEquals(
        KILLS,
        history.stream().filter(run -> run.exit().orElseThrow() == 137).count(),
        said::toString);
    for (AttemptRow attempt : lake.attempts()) {
      assertNotEquals("running", attempt.state());
    }
    assertTrue(lake.attempts().stream().anyMatch(attempt -> attempt.state().equals("interrupted")));
  }

  private TestLake fiveTables(String name) {
    return SampleExtract.only(
        SampleExtract.at(temp.resolve(name), DAYS, 100, 1), SampleExtract.FIVE);
  }

  private static List<String> intervals(TestLake lake, String table) {
    List<String> all = new ArrayList<>();
    lake.receipts(table)
        .forEach(receipt -> receipt.made().forEach(made -> all.add(made.interval().toString())));
    return all;
  }
}
