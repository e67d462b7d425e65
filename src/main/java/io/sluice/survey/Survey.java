package io.sluice.survey;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.deltalog.LogTail;
import io.sluice.graph.Graph;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.TableName;
import io.sluice.ledger.JobFacts;
import io.sluice.ledger.Ledger;
import io.sluice.plan.Facts;
import io.sluice.plan.SourceState;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Gathers what a plan is made from. */
public final class Survey {
  private final Lake lake;
  private final Graph graph;
  private final Ledger ledger;
  private final Tails tails;
  private final Touches touches;
  private final SourceSurvey sources;
  private final Clock clock;

  public Survey(Lake lake, Ledger ledger, Tails tails, Function<Job, Source> sources, Clock clock) {
    this.lake = lake;
    this.graph = new Graph(lake);
    this.ledger = ledger;
    this.tails = tails;
    this.touches = new Touches(lake);
    this.sources = new SourceSurvey(ledger, sources);
    this.clock = clock;
  }

  /**
   * @param selected jobs whose sources are looked at; those of what they need only for what can't
   *     be had any more, which is not waited for
   * @param allSources whether old intervals' sources are looked at too
   */
  public Facts facts(Set<TableName> selected, boolean allSources) {
    return facts(selected, allSources, new RememberedTails(tails));
  }

  /**
   * As above.
   *
   * @param tails of logs that may have been read a moment ago
   */
  public Facts facts(Set<TableName> selected, boolean allSources, Tails tails) {
    Instant now = clock.instant();
    Set<TableName> needed = graph.withInputs(selected);
    Map<String, JobFacts> known = ledger.facts();
    Map<TableName, JobFacts> facts = new HashMap<>();
    Map<TableName, List<JobFacts.Mark>> changes = new HashMap<>();
    Map<TableName, Map<Interval, SourceState>> looks = new HashMap<>();
    for (Job job : lake.jobs().values()) {
      JobFacts own = known.get(job.name().toString());
      if (own != null) {
        facts.put(job.name(), own);
        List<JobFacts.Mark> marks = changes(job, own, tails);
        if (!marks.isEmpty()) {
          changes.put(job.name(), marks);
        }
      }
      Optional<Interval> due = job.schedule().due(now, lake.time());
      if (job.making() instanceof Making.FromSource
          && due.isPresent()
          && needed.contains(job.name())) {
        IntervalSet made = own == null ? IntervalSet.EMPTY : own.made();
        looks.put(
            job.name(),
            selected.contains(job.name())
                ? sources.survey(job, due.get(), made, allSources)
                : sources.unobtainable(job, due.get(), made));
      }
    }
    return new Facts(now, facts, changes, looks);
  }

  /**
   * What was seen of the job's items before; those of a folder without dates need it. What is asked
   * for the first time is seen from now on, so that it stays in its interval whatever happens.
   */
  public Source.KnownItems known(Job job) {
    return job.schedule()
        .due(clock.instant(), lake.time())
        .<Source.KnownItems>map(due -> new SeenItems(ledger, job, due, true))
        .orElse(Source.KnownItems.NONE);
  }

  /** What the job's source holds for the intervals now. */
  public Map<Interval, Look> look(Job job, List<Interval> intervals) {
    return sources.look(job, intervals, known(job));
  }

  /**
   * Those of the intervals that the job's source has nothing to make of now, and why; none of a job
   * that reads tables. All are looked at, however old they are.
   */
  public Map<Interval, String> lacking(Job job, IntervalSet intervals) {
    Optional<Interval> due = job.schedule().due(clock.instant(), lake.time());
    Map<Interval, String> lacking = new TreeMap<>();
    if (job.making() instanceof Making.FromSource && due.isPresent()) {
      List<Interval> asked = intervals.intersect(IntervalSet.of(due.get())).split(job.every());
      if (!asked.isEmpty()) {
        sources
            .look(job, asked, new SeenItems(ledger, job, due.get(), false))
            .forEach(
                (interval, look) -> {
                  if (look.presence() != Look.Presence.PRESENT
                      && look.presence() != Look.Presence.EMPTY) {
                    lacking.put(interval, look.why());
                  }
                });
      }
    }
    return lacking;
  }

  private List<JobFacts.Mark> changes(Job job, JobFacts own, Tails tails) {
    List<JobFacts.Mark> marks = new ArrayList<>();
    own.positions()
        .forEach(
            (table, position) ->
                TableName.parse(table)
                    .flatMap(lake::find)
                    .ifPresent(read -> marks.addAll(changes(job, read, position, tails))));
    return marks;
  }

  private List<JobFacts.Mark> changes(Job job, Job read, long position, Tails tails) {
    LogTail tail = tails.since(lake.path(read.name()), position);
    if (read.name().equals(job.name())) {
      return touches.foreign(job, tail.gap(), tail.commits());
    }
    Input input = job.inputs().get(read.name());
    return input == null ? List.of() : touches.inReader(job, input, tail.gap(), tail.commits());
  }
}
