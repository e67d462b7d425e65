package io.sluice.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lake.Lake;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random lakes with random things happening to them. After each run that succeeded the plan is
 * empty and everything is as it would be if it were made now.
 */
class LakeSimulationTest {
  @TempDir Path folder;

  static LongStream seeds() {
    String chosen = System.getProperty("sluice.simulation.seed", "");
    if (!chosen.isEmpty()) {
      return LongStream.of(Long.parseLong(chosen));
    }
    long first = Long.getLong("sluice.simulation.first", 1);
    return LongStream.range(first, first + Long.getLong("sluice.simulation.seeds", 20));
  }

  /** Each of these looks at many ledgers. */
  static LongStream fewSeeds() {
    return seeds().limit(Long.getLong("sluice.simulation.seeds", 8));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void aLedgerThatIsLostIsMadeOfReceiptsAgain(long seed) throws InterruptedException {
    Random random = new Random(seed);
    Lake lake = SimulatedLake.of(random, folder.resolve("lake").toString());
    try (Simulation simulation =
        new Simulation(random, lake, folder.resolve("ledger.db"), "seed " + seed)) {
      simulation.run();
      for (int step = 0; step < 8; step++) {
        simulation.somethingHappens();
        simulation.run();
        simulation.cleanALog();
        simulation.goOnWith(folder.resolve("ledger" + step + ".db"));
      }
      simulation.finish();
    }
  }

  @Test
  void aLedgerCutAtAnyByteIsMadeOfReceiptsAgain() throws Exception {
    int movedAside = 0;
    for (long seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      Lake lake = SimulatedLake.of(random, folder.resolve("lake" + seed).toString());
      try (Simulation simulation =
          new Simulation(random, lake, folder.resolve("ledger" + seed + ".db"), "seed " + seed)) {
        simulation.run();
        for (int step = 0; step < 4; step++) {
          simulation.somethingHappens();
          simulation.run();
        }
        simulation.settle();
        for (int cut = 0; cut < 10; cut++) {
          movedAside += simulation.cutACopy(folder.resolve(seed + "/" + cut)) ? 1 : 0;
        }
      }
    }
    assertTrue(movedAside >= 15, movedAside + " of 30 were found to be damaged");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void anOlderCopyOfTheLedgerCatchesUp(long seed) throws InterruptedException {
    Random random = new Random(seed);
    Lake lake = SimulatedLake.of(random, folder.resolve("lake").toString());
    try (Simulation simulation =
        new Simulation(random, lake, folder.resolve("ledger.db"), "seed " + seed)) {
      simulation.run();
      for (int step = 0; step < 4; step++) {
        Path copy = folder.resolve("copy" + step + ".db");
        simulation.copyTo(copy);
        simulation.somethingHappens();
        simulation.run();
        simulation.cleanALog();
        simulation.somethingHappens();
        simulation.run();
        simulation.goOnWith(copy);
      }
      simulation.finish();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyRunThatSucceedsLeavesNothingToDo(long seed) throws InterruptedException {
    Random random = new Random(seed);
    Lake lake = SimulatedLake.of(random, folder.resolve("lake").toString());
    try (Simulation simulation =
        new Simulation(random, lake, folder.resolve("ledger.db"), "seed " + seed)) {
      simulation.run();
      for (int step = 0; step < 8; step++) {
        simulation.somethingHappens();
        simulation.run();
      }
      simulation.finish();
      assertEquals("", simulation.plan(), () -> simulation.told());
      assertTrue(simulation.successes() > 0, simulation::told);
    }
  }
}
