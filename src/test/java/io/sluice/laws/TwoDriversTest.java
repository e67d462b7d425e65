package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.run.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of one lake at the same time: same tables, no failure, nothing made twice. */
class TwoDriversTest {
  private static final int DAYS = 8;

  @TempDir Path temp = Path.of("");

  @Test
  void togetherTheyMakeEveryIntervalOnce() throws Exception {
    TestLake alone = fiveTables("alone");
    alone.run();
    TestLake both = fiveTables("both");

    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService drivers = Executors.newFixedThreadPool(2);
    try {
      List<Future<Verdict>> verdicts =
          List.of(drivers.submit(() -> run(both, start)), drivers.submit(() -> run(both, start)));
      for (Future<Verdict> verdict : verdicts) {
        assertEquals(0, verdict.get().exit(), verdict.get().lastLine());
      }
    } finally {
      drivers.shutdownNow();
    }

    for (String table : SampleExtract.FIVE) {
      assertEquals(alone.rows(table), both.rows(table), table);
      assertEquals(published(alone, table).keySet(), published(both, table).keySet(), table);
      published(both, table)
          .forEach((interval, times) -> assertEquals(1, times, table + " " + interval));
    }
    assertEquals("", both.plan());
    assertEquals(2, both.history().size());
  }

  private TestLake fiveTables(String name) {
    return SampleExtract.only(
        SampleExtract.at(temp.resolve(name), DAYS, 100, 3), SampleExtract.FIVE);
  }

  private static Verdict run(TestLake lake, CyclicBarrier start) throws Exception {
    start.await();
    return lake.runUpTo(Optional.empty());
  }

  private static SortedMap<String, Integer> published(TestLake lake, String table) {
    SortedMap<String, Integer> times = new TreeMap<>();
    lake.receipts(table)
        .forEach(
            receipt ->
                receipt
                    .made()
                    .forEach(made -> times.merge(made.interval().toString(), 1, Integer::sum)));
    return times;
  }
}
