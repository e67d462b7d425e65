package io.sluice.plan;

import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.SourceSpec;
import io.sluice.lake.TableName;
import io.sluice.ledger.JobFacts;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import io.sluice.time.Lookback;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the intervals of a job that want making, reason by reason. */
final class StaleFinder {
  private final Lake lake;
  private final Facts facts;
  private final PlanRequest request;
  private final Prospects prospects;
  private final Consumer<Plan.Note> notes;

  StaleFinder(
      Lake lake, Facts facts, PlanRequest request, Prospects prospects, Consumer<Plan.Note> notes) {
    this.lake = lake;
    this.facts = facts;
    this.request = request;
    this.prospects = prospects;
    this.notes = notes;
  }

  /**
   * @param due the intervals that may be planned
   * @param ever all due ones: what an ordered job takes back is made again, asked for or not
   */
  StaleIntervals find(Job job, JobFacts known, IntervalSet due, IntervalSet ever) {
    StaleIntervals stale = new StaleIntervals(job.every(), due);
    for (Interval range : request.forced(job.name()).ranges()) {
      stale.addReached(due, range, Reason.FORCED, "");
    }
    if (!request.backfill()) {
      stale.add(known.failed(), Reason.FAILED, "");
      stale.add(due.minus(known.made()).minus(known.failed()), Reason.MISSING, "");
      addMarks(job, known, due, stale);
      addSourceChanges(job, known.made(), stale);
      addCaughtUp(job, known, stale);
      addDefinitionChanged(job, known, stale);
      addReread(job, known.made(), due, stale);
    }
    addUpstream(job, request.backfill() ? due : known.made(), stale);
    addOrder(job, known.made().intersect(ever), stale);
    return stale;
  }

  private void addMarks(Job job, JobFacts known, IntervalSet due, StaleIntervals stale) {
    List<JobFacts.Mark> marks = new ArrayList<>(known.stale());
    marks.addAll(facts.changes(job.name()));
    for (JobFacts.Mark mark : marks) {
      switch (mark.kind()) {
        case MarkKinds.FORCED ->
            stale.addReached(due, mark.interval(), Reason.FORCED, mark.cause());
        case MarkKinds.ORDER ->
            stale.addReached(known.made(), mark.interval(), Reason.ORDER, mark.cause());
        case MarkKinds.FOREIGN ->
            notes.accept(
                new Plan.Note(
                    job.name(), job.every(), mark.interval(), "foreign: " + mark.cause()));
        default ->
            stale.addReached(known.made(), mark.interval(), Reason.INPUT_CHANGED, mark.cause());
      }
    }
  }

  private void addSourceChanges(Job job, IntervalSet made, StaleIntervals stale) {
    facts
        .sources(job.name())
        .forEach(
            (interval, state) -> {
              if (state.kind() == SourceState.Kind.CHANGED && made.contains(interval)) {
                stale.add(IntervalSet.of(interval), Reason.SOURCE_CHANGED, state.why());
              }
            });
  }

  private void addCaughtUp(Job job, JobFacts known, StaleIntervals stale) {
    known
        .early()
        .forEach(
            (table, early) ->
                TableName.parse(table)
                    .flatMap(name -> Optional.ofNullable(job.inputs().get(name)))
                    .ifPresent(input -> addCaughtUp(job, input, early, stale)));
  }

  private void addCaughtUp(Job job, Input input, IntervalSet early, StaleIntervals stale) {
    for (Interval interval : early.split(job.every())) {
      if (!prospects.lags(job, input, interval)) {
        stale.add(IntervalSet.of(interval), Reason.CAUGHT_UP, input.table() + " has passed it");
      }
    }
  }

  private void addDefinitionChanged(Job job, JobFacts known, StaleIntervals stale) {
    if (request.changed()) {
      boolean newestIsOther = known.definition().filter(job.fingerprint()::equals).isEmpty();
      stale.add(
          newestIsOther ? known.made() : known.otherDefinition().intersect(known.made()),
          Reason.DEFINITION_CHANGED,
          "");
    }
  }

  /** With the newest interval, what came just before it is read again. */
  private void addReread(Job job, IntervalSet made, IntervalSet due, StaleIntervals stale) {
    Lookback reread = reread(job.making());
    if (reread.isNone() || due.isEmpty() || job.every() == Cadence.NONE) {
      return;
    }
    LocalDateTime end = due.ranges().get(due.ranges().size() - 1).to();
    Interval newest = job.every().at(end.minusNanos(1));
    if (!made.contains(newest) && comes(job, newest)) {
      Interval.between(reread.before(newest.from()), newest.from())
          .ifPresent(
              span ->
                  stale.addReached(made, span, Reason.REREAD, "with " + job.every().name(newest)));
    }
  }

  /** While the newest is waited for, nothing is read again with it. */
  private boolean comes(Job job, Interval newest) {
    return facts.sources(job.name()).entrySet().stream()
        .filter(look -> look.getValue().kind() == SourceState.Kind.AWAITED)
        .noneMatch(look -> job.isOrdered() || look.getKey().equals(newest));
  }

  private static Lookback reread(Making making) {
    if (making instanceof Making.FromSource source) {
      List<SourceSpec> all = source.sources();
      return all.get(all.size() - 1).reread();
    }
    return Lookback.NONE;
  }

  private void addUpstream(Job job, IntervalSet among, StaleIntervals stale) {
    for (Input input : job.inputs().values()) {
      boolean counts = input.sight().isCut() || input.follow() || job.every() == Cadence.NONE;
      if (counts && input.sight() != Input.Sight.SELF) {
        Job read = lake.job(input.table());
        for (Interval range : prospects.planned(input.table()).ranges()) {
          stale.addReached(
              among,
              Needs.reached(job, input, read, range, lake.time()),
              Reason.UPSTREAM,
              input.table().toString());
        }
      }
    }
  }

  private static void addOrder(Job job, IntervalSet made, StaleIntervals stale) {
    if (job.isOrdered() && job.every() != Cadence.NONE && !stale.isEmpty()) {
      Interval first = stale.intervals().first();
      IntervalSet later = IntervalSet.of(new Interval(first.to(), Interval.ALWAYS.to()));
      for (Interval interval : made.intersect(later).split(job.every())) {
        stale.add(interval, Reason.ORDER, "after " + job.every().name(first));
      }
    }
  }
}
