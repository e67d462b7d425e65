package io.sluice.plan;

import io.sluice.graph.Graph;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.SourceSpec;
import io.sluice.ledger.JobFacts;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import io.sluice.time.Lookback;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
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
        planning.add(job);
      }
    }
    return new Plan(
        planning.tasks, planning.waiting, planning.notes, planning.prospects.unobtainable());
  }

  /** One plan in the making: what earlier jobs got decides what later ones get. */
  private final class Planning {
    private final Facts facts;
    private final PlanRequest request;
    private final Prospects prospects = new Prospects(lake);
    private final List<PlannedTask> tasks = new ArrayList<>();
    private final List<Plan.Waiting> waiting = new ArrayList<>();
    private final List<Plan.Note> notes = new ArrayList<>();
    private final StaleFinder finder;

    Planning(Facts facts, PlanRequest request) {
      this.facts = facts;
      this.request = request;
      this.finder = new StaleFinder(lake, facts, request, prospects, notes::add);
    }

    void add(Job job) {
      JobFacts known = facts.of(job.name());
      IntervalSet unobtainable = unobtainable(job, known.made());
      IntervalSet planned = IntervalSet.EMPTY;
      if (request.selected().contains(job.name())) {
        IntervalSet due = due(job).minus(unobtainable);
        IntervalSet ever = ever(job).minus(unobtainable);
        StaleIntervals stale = finder.find(job, known, due, ever);
        keepWhatCanBeMade(job, due.minus(known.made()), stale);
        if (!request.backfill()) {
          addRemoved(job, due.intersect(known.made()));
        }
        tasks.addAll(stale.tasks(job.name(), most(job, known), sourceSpans(job.making())));
        planned = IntervalSet.of(stale.intervals());
      }
      prospects.add(job.name(), MarkKinds.standing(known), planned, unobtainable);
    }

    /** All that is due, whatever was asked for. */
    private IntervalSet ever(Job job) {
      return job.schedule()
          .due(facts.now(), lake.time())
          .map(IntervalSet::of)
          .orElse(IntervalSet.EMPTY);
    }

    private IntervalSet due(Job job) {
      Optional<Interval> due = job.schedule().due(facts.now(), lake.time());
      if (job.every() != Cadence.NONE && request.until().isPresent()) {
        LocalDateTime asked =
            lake.time().civil(lake.time().instant(request.until().get(), Cadence.DAY), job.every());
        LocalDateTime until = job.every().floor(asked);
        due =
            due.flatMap(
                span ->
                    Interval.between(span.from(), span.to().isBefore(until) ? span.to() : until));
      }
      return due.map(IntervalSet::of).orElse(IntervalSet.EMPTY);
    }

    /** Intervals that can't be had: of a source that forgot them, or made of such alone. */
    private IntervalSet unobtainable(Job job, IntervalSet made) {
      IntervalSet all = IntervalSet.of(forgotten(job)).minus(made);
      all.span()
          .ifPresent(
              span ->
                  notes.add(
                      new Plan.Note(
                          job.name(),
                          job.every(),
                          span,
                          "can't be had any more: the source knows only the present")));
      for (Input input : job.inputs().values()) {
        if (input.sight().isCut() && job.every() != Cadence.NONE) {
          Job read = lake.job(input.table());
          Input itself =
              new Input(
                  input.table(), input.sight(), Lookback.NONE, input.follow(), input.origin());
          for (Interval range : prospects.unobtainable(input.table()).ranges()) {
            Interval reached = Needs.reached(job, itself, read, range, lake.time());
            all = all.plus(job.every().whole(reached));
          }
        }
      }
      return all.minus(made);
    }

    private List<Interval> forgotten(Job job) {
      List<Interval> forgotten = new ArrayList<>();
      facts
          .sources(job.name())
          .forEach(
              (interval, state) -> {
                if (state.kind() == SourceState.Kind.UNOBTAINABLE) {
                  forgotten.add(interval);
                }
              });
      return forgotten;
    }

    /** Takes out, with the reason, what lacks an input or, of an ordered job, what came before. */
    private void keepWhatCanBeMade(Job job, IntervalSet unmade, StaleIntervals stale) {
      Optional<Interval> gap =
          job.isOrdered()
              ? unmade
                  .minus(IntervalSet.of(stale.intervals()))
                  .span()
                  .map(span -> job.every().at(span.from()))
              : Optional.empty();
      ForeignIntervals foreign = ForeignIntervals.of(job, facts, due(job));
      Map<String, List<Interval>> why = new LinkedHashMap<>();
      List<Interval> unplanned = new ArrayList<>();
      for (Interval interval : stale.intervals()) {
        SourceState source = facts.sources(job.name()).get(interval);
        if (source != null && source.kind() == SourceState.Kind.UNOBTAINABLE) {
          // It was made when it could be; what comes after it does not wait for another time.
          why.computeIfAbsent(source.why(), any -> new ArrayList<>()).add(interval);
          unplanned.add(interval);
          continue;
        }
        Optional<String> obstacle =
            foreign.obstacle(interval, stale).or(() -> obstacle(job, interval));
        if (obstacle.isEmpty()) {
          obstacle =
              gap.filter(before -> before.compareTo(interval) < 0)
                  .map(before -> "held by " + job.every().name(before));
        }
        if (obstacle.isPresent()) {
          why.computeIfAbsent(obstacle.get(), any -> new ArrayList<>()).add(interval);
          unplanned.add(interval);
          if (job.isOrdered() && gap.filter(before -> before.compareTo(interval) < 0).isEmpty()) {
            gap = Optional.of(interval);
          }
        }
      }
      stale.remove(unplanned);
      why.forEach(
          (reason, intervals) ->
              waiting.add(
                  new Plan.Waiting(job.name(), job.every(), IntervalSet.of(intervals), reason)));
    }

    /**
     * What was made from files that are gone keeps its rows, and what comes after it does not wait:
     * it is only told.
     */
    private void addRemoved(Job job, IntervalSet made) {
      IntervalSet told =
          waiting.stream()
              .filter(one -> one.job().equals(job.name()))
              .map(Plan.Waiting::intervals)
              .reduce(IntervalSet.EMPTY, IntervalSet::union);
      facts
          .sources(job.name())
          .forEach(
              (interval, state) -> {
                if (state.kind() == SourceState.Kind.REMOVED
                    && made.minus(told).contains(interval)) {
                  waiting.add(
                      new Plan.Waiting(
                          job.name(), job.every(), IntervalSet.of(interval), state.why()));
                }
              });
    }

    private Optional<String> obstacle(Job job, Interval interval) {
      SourceState state = facts.sources(job.name()).get(interval);
      if (state != null && state.kind().isAwaited()) {
        return Optional.of(state.why());
      }
      return job.inputs().values().stream()
          .map(input -> prospects.lack(job, input, interval))
          .flatMap(Optional::stream)
          .findFirst();
    }
  }

  /** No more at once than may be, nor than has turned out to be too much. */
  private static int most(Job job, JobFacts known) {
    int batch = job.effort().batch();
    return known
        .fit()
        .filter(fit -> fit.definition().equals(job.fingerprint()) && fit.batch() == batch)
        .map(fit -> Math.min(batch, fit.intervals()))
        .orElse(batch);
  }

  /** A task does not span two formats of a feed. */
  private static Collection<Interval> sourceSpans(Making making) {
    return making instanceof Making.FromSource source
        ? source.sources().stream().map(SourceSpec::span).toList()
        : List.of();
  }
}
