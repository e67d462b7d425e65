package io.sluice.run;

import static io.sluice.run.Lakes.DAILY;
import static io.sluice.run.Lakes.FACT;
import static io.sluice.run.Lakes.PRODUCT;
import static io.sluice.run.Lakes.RATES;
import static io.sluice.run.Lakes.SALES;
import static io.sluice.run.Lakes.day;
import static io.sluice.run.Lakes.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.plan.PlannedTask;
import io.sluice.task.FailureClass;
import io.sluice.task.Outcome;
import io.sluice.task.TaskOrder;
import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Any plan, any failures: exactly what can be made is made, and never before what it needs. */
class DriverLawsTest {
  private static final List<TableName> JOBS = List.of(SALES, RATES, FACT, PRODUCT, DAILY);
  private static final int DAYS = 24;
  private static final Lake LAKE = Lakes.retail(3);

  private record Piece(TableName job, int day) {}

  @Test
  void exactlyWhatCanBeMadeIsMadeAfterWhatItNeeds() throws Exception {
    for (long seed = 1; seed <= 150; seed++) {
      Random random = new Random(seed);
      Set<Piece> bad = new HashSet<>();
      List<PlannedTask> tasks = new ArrayList<>();
      for (TableName job : JOBS) {
        plan(job, random, tasks);
        for (int i = random.nextInt(4); i > 0; i--) {
          bad.add(new Piece(job, 1 + random.nextInt(DAYS)));
        }
      }
      check("seed " + seed, tasks, bad, random);
    }
  }

  private static void check(String seed, List<PlannedTask> tasks, Set<Piece> bad, Random random)
      throws Exception {
    TestRun run = new TestRun(LAKE, tasks.toArray(PlannedTask[]::new)).withTable(PRODUCT);
    int most = 1 + random.nextInt(DAYS);
    boolean named = random.nextBoolean();
    Set<Piece> planned = new HashSet<>();
    tasks.forEach(task -> task.intervals().forEach(i -> planned.add(piece(task.job(), i))));
    Set<Piece> expected = expected(planned, bad);
    Set<Piece> settled = ConcurrentHashMap.newKeySet();
    Set<String> passed = ConcurrentHashMap.newKeySet();
    List<String> early = new ArrayList<>();
    run.script =
        order -> {
          for (Interval interval : order.intervals()) {
            for (Piece needed : needs(piece(order.job().name(), interval), true)) {
              if (expected.contains(needed)
                  && !settled.contains(needed)
                  && !isPart(order, needed)) {
                synchronized (early) {
                  early.add(order.attempt() + " before " + needed);
                }
              }
            }
          }
          Optional<Outcome> failed = failure(order, bad, most, named, passed);
          if (failed.isEmpty()) {
            order.intervals().forEach(i -> settled.add(piece(order.job().name(), i)));
          }
          return failed;
        };
    Verdict verdict = run.run();
    assertEquals(List.of(), early, seed);
    Map<Piece, String> ends = ends(run, seed);
    assertEquals(planned, ends.keySet(), seed);
    for (Piece piece : planned) {
      assertEquals(expected.contains(piece), "made".equals(ends.get(piece)), seed + " " + piece);
    }
    assertEquals(expected.equals(planned), verdict.exit() == 0, seed);
    assertEquals(List.of(), run.ledger.openAttempts(), seed);
    assertTrue(run.ledger.tasks().stream().allMatch(row -> row.endedAt().isPresent()), seed);
  }

  private static Optional<Outcome> failure(
      TaskOrder order, Set<Piece> bad, int most, boolean named, Set<String> passed) {
    if (passed.add(order.job().name() + " " + order.intervals())) {
      return TestRun.fail(FailureClass.TRANSIENT);
    }
    if (order.intervals().size() > most) {
      return TestRun.fail(FailureClass.RESOURCE);
    }
    Interval[] culprits =
        order.intervals().stream()
            .filter(interval -> bad.contains(piece(order.job().name(), interval)))
            .toArray(Interval[]::new);
    if (culprits.length == 0) {
      return Optional.empty();
    }
    return named
        ? TestRun.fail(FailureClass.QUALITY, culprits)
        : TestRun.fail(FailureClass.DEFINITE);
  }

  private static boolean isPart(TaskOrder order, Piece piece) {
    return order.job().name().equals(piece.job()) && order.intervals().contains(day(piece.day()));
  }

  private static void plan(TableName job, Random random, List<PlannedTask> tasks) {
    for (int first = 1; first <= DAYS; ) {
      int last = Math.min(DAYS, first + random.nextInt(12));
      if (random.nextInt(5) > 0) {
        tasks.add(task(job, first, last));
      }
      first = last + 1;
    }
  }

  private static Set<Piece> expected(Set<Piece> planned, Set<Piece> bad) {
    Set<Piece> made = new HashSet<>();
    for (TableName job : JOBS) {
      for (int day = 1; day <= DAYS; day++) {
        Piece piece = new Piece(job, day);
        if (planned.contains(piece)
            && !bad.contains(piece)
            && needs(piece, false).stream()
                .allMatch(n -> !planned.contains(n) || made.contains(n))) {
          made.add(piece);
        }
      }
    }
    return made;
  }

  /** Written anew, day by day, not to believe what the driver believes. */
  private static List<Piece> needs(Piece piece, boolean waitedFor) {
    Job job = LAKE.job(piece.job());
    List<Piece> needed = new ArrayList<>();
    for (Input input : job.inputs().values()) {
      if (input.sight().isCut()) {
        for (int day = piece.day() - (int) input.lookback().amount(); day <= piece.day(); day++) {
          needed.add(new Piece(input.table(), day));
        }
      } else if (waitedFor) {
        for (int day = 1; day <= piece.day(); day++) {
          needed.add(new Piece(input.table(), day));
        }
      }
    }
    for (int day = 1; day < piece.day() && job.isOrdered(); day++) {
      needed.add(new Piece(job.name(), day));
    }
    return needed;
  }

  private static Map<Piece, String> ends(TestRun run, String seed) {
    Map<Piece, String> ends = new HashMap<>();
    for (RunEvent event : run.events) {
      end(event)
          .ifPresent(
              part ->
                  part.intervals()
                      .forEach(
                          interval ->
                              assertEquals(
                                  null,
                                  ends.put(
                                      piece(part.job(), interval),
                                      event instanceof RunEvent.TaskMade ? "made" : "not"),
                                  seed + ": twice, " + event)));
    }
    return ends;
  }

  private static Optional<PlannedTask> end(RunEvent event) {
    Map<Class<?>, Function<RunEvent, PlannedTask>> ends =
        Map.of(
            RunEvent.TaskMade.class, e -> ((RunEvent.TaskMade) e).part(),
            RunEvent.IntervalsFailed.class, e -> ((RunEvent.IntervalsFailed) e).part(),
            RunEvent.Skipped.class, e -> ((RunEvent.Skipped) e).part(),
            RunEvent.Held.class, e -> ((RunEvent.Held) e).part());
    return Optional.ofNullable(ends.get(event.getClass())).map(part -> part.apply(event));
  }

  private static Piece piece(TableName job, Interval interval) {
    for (int day = 1; day <= DAYS; day++) {
      if (day(day).equals(interval)) {
        return new Piece(job, day);
      }
    }
    throw new AssertionError(interval);
  }
}
