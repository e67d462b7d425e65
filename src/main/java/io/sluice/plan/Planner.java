package io.sluice.plan;

import io.sluice.graph.Graph;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes plans: walks the jobs in order, and for each asks what is stale and what can be made. */
public final class Planner {
  private final Lake lake;
  private final Graph graph;

  public Planner(Lake lake, Graph graph) {
    this.lake = lake;
    this.graph = graph;
  }

  public Plan plan(Facts facts, PlanRequest request) {
    Planning planning = new Planning(facts, request);
    for (Job job : graph.order()) {
      if (job.isMade()) {
        planning.planJob(job);
      }
    }
    return new Plan(planning.tasks, planning.waiting, planning.notes);
  }

  /** One plan in the making: what earlier jobs got decides what later ones get. */
  private final class Planning {
    final Facts facts;
    final PlanRequest request;
    final List<PlannedTask> tasks = new ArrayList<>();
    final List<Plan.Waiting> waiting = new ArrayList<>();
    final List<Plan.Note> notes = new ArrayList<>();

    /** Intervals that are in the table now or will be after the plan. */
    final Map<TableName, IntervalSet> willBeMade = new HashMap<>();

    final Map<TableName, IntervalSet> planned = new HashMap<>();
    final Map<TableName, IntervalSet> unobtainable = new HashMap<>();

    Planning(Facts facts, PlanRequest request) {
      this.facts = facts;
      this.request = request;
    }

    void planJob(Job job) {
      JobFacts known = facts.of(job.name());
      IntervalSet gone = gone(job, known);
      unobtainable.put(job.name(), gone);
      IntervalSet due = due(job).minus(gone);
      StaleIntervals stale = new StaleIntervals(job.every(), due);
      if (request.selected().contains(job.name())) {
        findStale(job, known, due, stale);
        keepWhatCanBeMade(job, known, due, stale);
      }
      List<PlannedTask> own =
          stale.tasks(job.name(), job.effort().batch(), sourceSpans(job.making()));
      tasks.addAll(own);
      IntervalSet made = IntervalSet.of(stale.intervals());
      planned.put(job.name(), made);
      willBeMade.put(job.name(), known.made().union(made));
    }

    IntervalSet due(Job job) {
      return job.schedule()
          .due(facts.now(), lake.time())
          .flatMap(
              span ->
                  job.every() == Cadence.NONE || request.until().isEmpty()
                      ? Optional.of(span)
                      : Interval.between(span.from(), earlier(span.to(), request.until().get())))
          .map(IntervalSet::of)
          .orElse(IntervalSet.EMPTY);
    }

    /** Due intervals that can't be had: of a source that forgot them, or made of such alone. */
    IntervalSet gone(Job job, JobFacts known) {
      List<Interval> gone = new ArrayList<>();
      facts
          .sources(job.name())
          .forEach(
              (interval, state) -> {
                if (state.kind() == SourceState.Kind.UNOBTAINABLE) {
                  gone.add(interval);
                }
              });
      IntervalSet all = IntervalSet.of(gone);
      if (!all.isEmpty()) {
        all.span()
            .ifPresent(
                span ->
                    notes.add(
                        new Plan.Note(
                            job.name(),
                            span,
                            "can't be had any more: the source knows only the present")));
      }
      for (Input input : job.inputs().values()) {
        IntervalSet inputGone = unobtainable.getOrDefault(input.table(), IntervalSet.EMPTY);
        if (input.sight().isCut() && !inputGone.isEmpty() && job.every() != Cadence.NONE) {
          Job read = lake.job(input.table());
          Input narrow =
              new Input(
                  input.table(), input.sight(), Lookback.NONE, input.follow(), input.origin());
          for (Interval range : inputGone.ranges()) {
            Interval reached = Needs.reached(job, narrow, read, range, lake.time());
            all = all.plus(Needs.whole(reached, job.every()));
          }
        }
      }
      return all.minus(known.made());
    }

    void findStale(Job job, JobFacts known, IntervalSet due, StaleIntervals stale) {
      IntervalSet forced = request.forced(job.name());
      stale.add(forced, Reason.FORCED, "");
      IntervalSet made = known.made();
      if (!request.backfill()) {
        stale.add(known.failed(), Reason.FAILED, "");
        stale.add(due.minus(made).minus(known.failed()), Reason.MISSING, "");
        addMarks(job, known, stale);
        addSourceChanges(job, made, stale);
        addCaughtUp(job, known, stale);
        if (request.changed()) {
          boolean other = known.definition().filter(job.fingerprint()::equals).isEmpty();
          stale.add(
              other ? made : known.otherDefinition().intersect(made),
              Reason.DEFINITION_CHANGED,
              "");
        }
        addReread(job, made, due, stale);
      }
      addUpstream(job, request.backfill() ? due : made, stale);
      if (job.isOrdered() && !stale.isEmpty()) {
        Interval first = stale.intervals().first();
        IntervalSet later = IntervalSet.of(new Interval(first.to(), endOfTime(first)));
        stale.add(made.intersect(later), Reason.ORDER, "after " + job.every().name(first));
      }
    }

    void addMarks(Job job, JobFacts known, StaleIntervals stale) {
      List<JobFacts.Mark> marks = new ArrayList<>(known.stale());
      marks.addAll(facts.changes(job.name()));
      for (JobFacts.Mark mark : marks) {
        switch (mark.kind()) {
          case MarkKinds.FORCED ->
              stale.add(IntervalSet.of(mark.interval()), Reason.FORCED, mark.cause());
          case MarkKinds.FOREIGN ->
              notes.add(new Plan.Note(job.name(), mark.interval(), "foreign: " + mark.cause()));
          default ->
              stale.addReached(known.made(), mark.interval(), Reason.INPUT_CHANGED, mark.cause());
        }
      }
    }

    void addSourceChanges(Job job, IntervalSet made, StaleIntervals stale) {
      facts
          .sources(job.name())
          .forEach(
              (interval, state) -> {
                if (state.kind() == SourceState.Kind.CHANGED && made.contains(interval)) {
                  stale.add(IntervalSet.of(interval), Reason.SOURCE_CHANGED, state.why());
                }
              });
    }

    void addCaughtUp(Job job, JobFacts known, StaleIntervals stale) {
      known
          .early()
          .forEach(
              (table, early) -> {
                Optional<Input> input = TableName.parse(table).map(name -> job.inputs().get(name));
                if (input.isPresent()) {
                  for (Interval interval : early.split(job.every())) {
                    if (!lags(job, input.get(), interval)) {
                      stale.add(
                          IntervalSet.of(interval), Reason.CAUGHT_UP, table + " has passed it");
                    }
                  }
                }
              });
    }

    /** With the newest interval, what came just before it is read again. */
    void addReread(Job job, IntervalSet made, IntervalSet due, StaleIntervals stale) {
      Lookback reread = reread(job.making());
      Optional<Interval> all = due.span();
      if (reread.isNone() || all.isEmpty() || job.every() == Cadence.NONE) {
        return;
      }
      List<Interval> last = job.every().split(all.get());
      Interval newest = last.get(last.size() - 1);
      if (!made.contains(newest)) {
        Interval.between(reread.before(newest.from()), newest.from())
            .ifPresent(
                span ->
                    stale.addReached(
                        made, span, Reason.REREAD, "with " + job.every().name(newest)));
      }
    }

    void addUpstream(Job job, IntervalSet among, StaleIntervals stale) {
      for (Input input : job.inputs().values()) {
        IntervalSet remade = planned.getOrDefault(input.table(), IntervalSet.EMPTY);
        boolean counts = input.sight().isCut() || input.follow() || job.every() == Cadence.NONE;
        if (counts && !remade.isEmpty() && input.sight() != Input.Sight.SELF) {
          Job read = lake.job(input.table());
          for (Interval range : remade.ranges()) {
            stale.addReached(
                among,
                Needs.reached(job, input, read, range, lake.time()),
                Reason.UPSTREAM,
                input.table().toString());
          }
        }
      }
    }

    void keepWhatCanBeMade(Job job, JobFacts known, IntervalSet due, StaleIntervals stale) {
      Map<String, List<Interval>> why = new LinkedHashMap<>();
      List<Interval> unplanned = new ArrayList<>();
      IntervalSet before = IntervalSet.of(stale.intervals()).union(known.made());
      Interval gap = null;
      if (job.isOrdered()) {
        gap = due.minus(before).span().map(span -> job.every().at(span.from())).orElse(null);
      }
      for (Interval interval : stale.intervals()) {
        Optional<String> obstacle = obstacle(job, interval);
        if (obstacle.isEmpty() && gap != null && gap.compareTo(interval) < 0) {
          obstacle = Optional.of("held by " + job.every().name(gap));
        }
        if (obstacle.isPresent()) {
          why.computeIfAbsent(obstacle.get(), any -> new ArrayList<>()).add(interval);
          unplanned.add(interval);
          if (job.isOrdered() && (gap == null || interval.compareTo(gap) < 0)) {
            gap = interval;
          }
        }
      }
      stale.remove(unplanned);
      why.forEach(
          (reason, intervals) ->
              waiting.add(new Plan.Waiting(job.name(), IntervalSet.of(intervals), reason)));
    }

    Optional<String> obstacle(Job job, Interval interval) {
      SourceState state = facts.sources(job.name()).get(interval);
      if (state != null && state.kind() == SourceState.Kind.AWAITED) {
        return Optional.of(state.why());
      }
      for (Input input : job.inputs().values()) {
        Optional<String> lack = lack(job, input, interval);
        if (lack.isPresent()) {
          return lack;
        }
      }
      return Optional.empty();
    }

    Optional<String> lack(Job job, Input input, Interval interval) {
      Job read = lake.job(input.table());
      if (input.sight() == Input.Sight.SELF || !read.isMade()) {
        return Optional.empty();
      }
      IntervalSet made = willBeMade.getOrDefault(input.table(), IntervalSet.EMPTY);
      if (!input.sight().isCut() || job.every() == Cadence.NONE) {
        return made.isEmpty()
            ? Optional.of("nothing of " + input.table() + " is made")
            : Optional.empty();
      }
      IntervalSet there = made.union(unobtainable.getOrDefault(input.table(), IntervalSet.EMPTY));
      return Needs.of(job, input, read, interval, lake.time())
          .map(need -> IntervalSet.of(Needs.whole(need, read.every())).minus(there))
          .flatMap(IntervalSet::span)
          .map(
              lacking ->
                  "%s %s is not made"
                      .formatted(
                          input.table(), read.every().name(read.every().at(lacking.from()))));
    }

    /** Whether a whole input has not passed the interval yet, this plan's tasks counted. */
    boolean lags(Job job, Input input, Interval interval) {
      Job read = lake.job(input.table());
      return Needs.of(job, input, read, interval, lake.time())
          .filter(
              need ->
                  !Needs.areMet(
                      need,
                      read,
                      willBeMade
                          .getOrDefault(input.table(), IntervalSet.EMPTY)
                          .union(unobtainable.getOrDefault(input.table(), IntervalSet.EMPTY))))
          .isPresent();
    }
  }

  private static LocalDateTime earlier(LocalDateTime one, LocalDateTime other) {
    return one.isBefore(other) ? one : other;
  }

  private static LocalDateTime endOfTime(Interval first) {
    return first.to().isBefore(Interval.ALWAYS.to())
        ? Interval.ALWAYS.to()
        : first.to().plusYears(1);
  }

  private static Lookback reread(Making making) {
    if (making instanceof Making.FromSource source) {
      List<SourceSpec> all = source.sources();
      return all.get(all.size() - 1).reread();
    }
    return Lookback.NONE;
  }

  private static Collection<Interval> sourceSpans(Making making) {
    return making instanceof Making.FromSource source
        ? source.sources().stream().map(SourceSpec::span).toList()
        : List.of();
  }
}
