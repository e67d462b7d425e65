package io.sluice.cli;

import io.sluice.graph.Graph;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.RunRow;
import io.sluice.plan.Plan;
import io.sluice.plan.PlannedTask;
import io.sluice.run.Driver;
import io.sluice.run.Pace;
import io.sluice.run.RealTimers;
import io.sluice.run.Settling;
import io.sluice.run.TakeOver;
import io.sluice.run.Verdict;
import io.sluice.survey.CatchUp;
import io.sluice.survey.LandedReceipts;
import io.sluice.survey.RememberedTails;
import io.sluice.survey.StaleNow;
import io.sluice.survey.Survey;
import io.sluice.survey.Tails;
import io.sluice.survey.TaskReading;
import io.sluice.survey.UnobtainableThen;
import io.sluice.task.MadeAnew;
import io.sluice.task.TaskMaker;
import io.sluice.task.Workshop;
import io.sluice.time.IntervalSet;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** A run from its first word to its last: settles what a dead one left, plans, drives the plan. */
record OpenedRun(
    Lake lake,
    Ledger ledger,
    Planning planning,
    Survey survey,
    Tails tails,
    Workshop workshop,
    Clock clock) {

  /**
   * Makes what is asked for.
   *
   * @param command what was typed, as the history shows it
   * @param begun before the ledger caught up: what others made since then may be news to the plan
   */
  Verdict make(PlanRequest request, String command, Instant begun, Progress progress) {
    tell(settling().settle(), progress);
    Requested requested = planning.requested(request);
    Plan plan = planning.plan(requested, request.allSources());
    plan.waitingInShort().forEach(waiting -> progress.note("waiting: " + waiting));
    keepForced(requested, plan, command);
    return drive(plan, begun, planning.stale(request), requested, rivals(), command, progress);
  }

  /** What others left open of a job that was theirs, and what they told another ledger. */
  TakeOver.Rivals rivals() {
    Settling settling = settling();
    return (job, run) -> {
      settling.settle(job, run);
      RememberedTails once = new RememberedTails(tails);
      new CatchUp(
              lake,
              new Graph(lake),
              ledger,
              once,
              new UnobtainableThen(lake, survey, planning.planner(), once),
              survey::look,
              clock)
          .catchUp(lake.job(job));
    };
  }

  private Settling settling() {
    return new Settling(
        lake,
        ledger,
        new LandedReceipts(
            lake,
            ledger,
            tails,
            new UnobtainableThen(lake, survey, planning.planner(), tails),
            survey::look),
        clock,
        Holder::isDead,
        (attempt, landed) ->
            TableName.parse(attempt.job())
                .filter(name -> lake.find(name).isPresent())
                .ifPresent(name -> workshop.forget(name, attempt.id(), landed)));
  }

  /** Ends what dead runs left open. */
  void settle(Progress progress) {
    tell(settling().settle(), progress);
  }

  private static void tell(Settling.Settled settled, Progress progress) {
    settled
        .landed()
        .forEach(
            attempt ->
                progress.note(
                    "settled: %s %s had been published when its run died"
                        .formatted(attempt.job(), attempt.intervals())));
    settled.notes().forEach(note -> progress.note("warning: " + note));
  }

  /** What a backfill asks for is finished by the next run, should this one not come to its end. */
  private void keepForced(Requested requested, Plan plan, String command) {
    requested
        .plan()
        .forced()
        .forEach(
            (job, span) -> {
              IntervalSet forced =
                  plan.tasks().stream()
                      .filter(task -> task.job().equals(job))
                      .map(PlannedTask::set)
                      .reduce(IntervalSet.EMPTY, IntervalSet::union)
                      .intersect(span);
              if (!forced.isEmpty()) {
                ledger.force(job.toString(), forced, command);
              }
            });
  }

  private Verdict drive(
      Plan plan,
      Instant planned,
      StaleNow stale,
      Requested requested,
      TakeOver.Rivals rivals,
      String command,
      Progress progress) {
    String run = name(clock.instant());
    TaskReading reading =
        new TaskReading(
            lake,
            ledger,
            tails,
            run,
            planned,
            stale::of,
            table -> plan.unobtainable().getOrDefault(table, IntervalSet.EMPTY));
    TaskMaker maker =
        requested.anew().isEmpty() ? workshop : new MadeAnew(workshop, requested.anew());
    try (RealTimers timers = new RealTimers()) {
      Driver driver =
          new Driver(
              lake,
              plan,
              new RunRow(
                  run,
                  command,
                  Holder.mine(run),
                  clock.instant(),
                  Optional.empty(),
                  Optional.empty(),
                  ""),
              ledger,
              maker,
              reading,
              rivals,
              new Pace(
                  clock, Pace.Pause.REAL, timers, () -> ThreadLocalRandom.current().nextDouble()),
              List.of(new ProgressListener(progress), new FailureLog()));
      try (Interruption interruption = new Interruption(driver::cancel)) {
        return driver.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The run was interrupted", e);
    }
  }

  /** The time, for people, and a random part. */
  static String name(Instant now) {
    return now.toString().substring(0, 19).replace(":", "")
        + "-"
        + UUID.randomUUID().toString().substring(0, 6);
  }
}
