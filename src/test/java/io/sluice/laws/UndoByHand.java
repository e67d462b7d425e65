package io.sluice.laws;

import io.sluice.cli.Engine;
import io.sluice.deltalog.TableLog;
import io.sluice.graph.Graph;
import io.sluice.lake.Lake;
import io.sluice.ledger.RunRow;
import io.sluice.repair.Undo;
import io.sluice.repair.UndoPlanner;
import io.sluice.repair.UndoRequest;
import io.sluice.run.Holding;
import io.sluice.run.RealTimers;
import io.sluice.survey.LandedReceipts;
import io.sluice.survey.Unobtainable;
import io.sluice.table.DeltaTables;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestSpark;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.SparkSession;

/** An undo on a machine of its own, to whose commits something can happen. */
final class UndoByHand {
  private UndoByHand() {}

  /** As the history will show it. */
  static RunRow row(Instant now) {
    return new RunRow(
        "dying", "undo", "elsewhere/1/1/dying", now, Optional.empty(), Optional.empty(), "");
  }

  static Undo.Ended run(
      TestLake lake, Instant now, String run, UnaryOperator<Undo.Restorer> happening) {
    try (Engine engine = lake.shell().open();
        RealTimers timers = new RealTimers()) {
      Lake its = engine.lake();
      SettableClock clock = new SettableClock(now);
      LandedReceipts receipts =
          new LandedReceipts(
              its,
              engine.ledger(),
              (path, version) -> TableLog.at(path, its.spark()).since(version),
              Unobtainable.NONE,
              (job, intervals) -> Map.of());
      UndoPlanner planner =
          new UndoPlanner(
              its,
              engine.ledger(),
              clock,
              (path, version) -> TableLog.at(path, its.spark()).since(version),
              new Graph(its).order());
      SparkSession session = TestSpark.session().newSession();
      its.spark().forEach(session.conf()::set);
      Undo undo =
          new Undo(
              its,
              engine.ledger(),
              clock,
              row -> holding(engine, row, clock, timers),
              happening.apply(
                  (restore, receipt) ->
                      new DeltaTables(session).restore(session, restore, receipt)),
              receipts::landed,
              (job, intervals) -> Map.of());
      return undo.run(planner.plan(new UndoRequest.OfRun(run)), planner, row(now));
    }
  }

  /** Of who is the first at it. */
  static Holding holding(Engine engine, RunRow row, SettableClock clock, RealTimers timers) {
    return new Holding(
        row,
        engine.ledger(),
        clock,
        timers,
        (job, token) -> {
          throw new AssertionError("There is nobody to take it over from");
        },
        (job, run) -> {});
  }
}
