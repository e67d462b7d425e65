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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
      addReread(job, known, due, stale);
    }
    addUpstream(job, request.backfill() ? due : known.made(), stale);
    addOrder(job, known.made().intersect(ever), stale);
    stale.insist(wanted(job, known, due));
    return stale;
  }

  /** What a plan that nobody asked for anything would make of itself, and so must be made. */
  private IntervalSet wanted(Job job, JobFacts known, IntervalSet due) {
    List<Interval> marked = new ArrayList<>();
    List<JobFacts.Mark> marks = new ArrayList<>(known.stale());
    marks.addAll(facts.changes(job.name()));
    for (JobFacts.Mark mark : marks) {
      if (!mark.kind().equals(MarkKinds.FOREIGN)) {
        marked.addAll(Needs.among(known.made(), mark.interval(), job.every()));
      }
    }
    return due.minus(known.made()).union(known.failed()).union(IntervalSet.of(marked));
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
        case MarkKinds.FOREIGN, MarkKinds.UNREAD ->
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

  /**
   * With each new interval, what came just before it is read again. After days without a run that
   * is what each day's run would have read again. With an interval that failed it was read again
   * when that was tried, and is once more only while nothing later is made.
   */
  private void addReread(Job job, JobFacts known, IntervalSet due, StaleIntervals stale) {
    Lookback reread = reread(job.making());
    Optional<Interval> made = known.made().span();
    if (reread.isNone() || made.isEmpty() || job.every() == Cadence.NONE) {
      return;
    }
    for (Interval unmade : due.minus(known.made()).split(job.every())) {
      boolean isNew = !known.failed().contains(unmade) || !unmade.from().isBefore(made.get().to());
      Interval.between(reread.before(unmade.from()), unmade.from())
          .filter(span -> isNew && known.made().overlaps(span))
          .filter(span -> comes(job, unmade, span, known.made()))
          .ifPresent(
              span ->
                  stale.addReached(
                      known.made(), span, Reason.REREAD, "with " + job.every().name(unmade)));
    }
  }

  /**
   * While an interval is waited for, or held by one that is, nothing is read again with it: it
   * would be again with each run until it comes.
   */
  private boolean comes(Job job, Interval unmade, Interval span, IntervalSet made) {
    return facts.sources(job.name()).entrySet().stream()
        .filter(look -> look.getValue().kind().isAwaited())
        .map(Map.Entry::getKey)
        .noneMatch(
            awaited ->
                awaited.equals(unmade)
                    || job.isOrdered()
                        && awaited.compareTo(unmade) < 0
                        && (!made.contains(awaited) || awaited.to().isAfter(span.from())));
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
          stale.followReached(
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
        stale.follow(interval, Reason.ORDER, "after " + job.every().name(first));
      }
    }
  }
}
