package io.sluice.testing;

import io.sluice.deltalog.Receipt;
import io.sluice.ledger.Accepted;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.Fit;
import io.sluice.ledger.JobFacts;
import io.sluice.ledger.Lease;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.MadeFacts;
import io.sluice.ledger.QuarantineRow;
import io.sluice.ledger.RunRow;
import io.sluice.ledger.SourceItem;
import io.sluice.ledger.TaskRow;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A ledger that forgets at the end of the process. */
public final class MemoryLedger implements Ledger {
  private final Map<String, RunRow> runs = new LinkedHashMap<>();
  private final Map<String, TaskRow> tasks = new LinkedHashMap<>();
  private final Map<String, AttemptRow> attempts = new LinkedHashMap<>();
  private final Map<String, JobFacts> facts = new TreeMap<>();
  private final Map<String, Map<Interval, Receipt.Made>> counts = new HashMap<>();
  private final Map<String, Map<Interval, String>> makers = new HashMap<>();
  private final Map<String, Map<Interval, List<SourceItem>>> items = new HashMap<>();
  private final Map<String, Map<String, Interval>> seen = new HashMap<>();
  private final Map<String, Held> leases = new HashMap<>();

  private record Held(
      String holder, Instant until, long token, boolean released, Optional<String> takenFrom) {
    Lease lease(String job) {
      return new Lease(job, token, takenFrom);
    }
  }

  @Override
  public synchronized Map<String, JobFacts> facts() {
    return Map.copyOf(facts);
  }

  public synchronized JobFacts facts(String job) {
    return facts.getOrDefault(job, JobFacts.none(job));
  }

  /** The attempt that last made the interval. */
  public synchronized Optional<String> maker(String job, Interval interval) {
    return Optional.ofNullable(makers.getOrDefault(job, Map.of()).get(interval));
  }

  public synchronized List<TaskRow> tasks() {
    return List.copyOf(tasks.values());
  }

  @Override
  public synchronized Map<Interval, List<SourceItem>> sourceItems(String job, Interval span) {
    Map<Interval, List<SourceItem>> found = new HashMap<>(items.getOrDefault(job, Map.of()));
    found.keySet().removeIf(interval -> !interval.overlaps(span));
    return found;
  }

  @Override
  public synchronized Map<String, Interval> firstSeen(String job, Set<String> itemIds) {
    Map<String, Interval> found = new HashMap<>(seen.getOrDefault(job, Map.of()));
    found.keySet().retainAll(itemIds);
    return found;
  }

  @Override
  public synchronized void see(String job, Map<String, Interval> found) {
    found.forEach(seen.computeIfAbsent(job, any -> new HashMap<>())::putIfAbsent);
  }

  @Override
  public synchronized void runStarted(RunRow run) {
    runs.put(run.id(), run);
  }

  @Override
  public synchronized void runEnded(String run, Instant at, int exit, String lastLine) {
    runs.computeIfPresent(
        run,
        (id, row) ->
            new RunRow(
                id,
                row.command(),
                row.holder(),
                row.startedAt(),
                Optional.of(at),
                Optional.of(exit),
                lastLine));
  }

  @Override
  public synchronized void taskStarted(TaskRow task) {
    if (tasks.put(task.id(), task) != null) {
      throw new IllegalStateException("Task " + task.id() + " is already there");
    }
  }

  @Override
  public synchronized void taskEnded(String task, Instant at, String state, String message) {
    tasks.computeIfPresent(
        task,
        (id, row) ->
            new TaskRow(
                id,
                row.run(),
                row.job(),
                row.intervals(),
                row.reasons(),
                row.startedAt(),
                Optional.of(at),
                state,
                message));
  }

  @Override
  public synchronized void attemptStarted(AttemptRow attempt) {
    if (attempts.put(attempt.id(), attempt) != null) {
      throw new IllegalStateException("Attempt " + attempt.id() + " is already there");
    }
  }

  @Override
  public synchronized void attemptFailed(
      String attempt, Instant at, String failureClass, String message, IntervalSet failed) {
    AttemptRow row = end(attempt, at, "interrupted".equals(failureClass) ? failureClass : "failed");
    attempts.put(attempt, row.ended(at, row.state(), failureClass, message));
    JobFacts old = facts(row.job());
    facts.put(
        row.job(),
        new JobFacts(
            old.job(),
            old.made(),
            old.failed().union(failed),
            old.early(),
            old.stale(),
            old.positions(),
            old.definition(),
            old.otherDefinition(),
            old.fit()));
  }

  @Override
  public synchronized void attemptMade(String attempt, Instant at, MadeFacts made) {
    AttemptRow row = end(attempt, at, "made");
    JobFacts old = facts(row.job());
    IntervalSet these =
        IntervalSet.of(made.receipt().made().stream().map(Receipt.Made::interval).toList());
    IntervalSet failed =
        made.refused().map(MadeFacts.Refused::intervals).orElse(IntervalSet.EMPTY).minus(these);
    attempts.put(
        attempt,
        new AttemptRow(
            row.id(),
            row.run(),
            row.task(),
            row.job(),
            row.intervals(),
            row.definition(),
            row.baseVersion(),
            row.startedAt(),
            row.endedAt(),
            row.state(),
            made.refused().map(MadeFacts.Refused::failureClass).orElse(""),
            made.refused().map(MadeFacts.Refused::message).orElse(""),
            row.version(),
            row.written(),
            row.quarantined(),
            row.asked(),
            these));
    Map<String, IntervalSet> early = new HashMap<>(old.early());
    early.replaceAll((input, set) -> set.minus(these));
    made.early().forEach((input, set) -> early.merge(input, set, IntervalSet::union));
    Map<String, Long> positions = new HashMap<>(old.positions());
    made.touched().forEach((input, touched) -> positions.put(input, touched.to()));
    facts.put(
        row.job(),
        new JobFacts(
            old.job(),
            old.made().union(these),
            old.failed().minus(these).union(failed),
            early,
            old.stale().stream().filter(mark -> !these.overlaps(mark.interval())).toList(),
            positions,
            Optional.of(row.definition()),
            old.otherDefinition().minus(these),
            old.fit()));
    made.receipt()
        .made()
        .forEach(
            one -> {
              counts.computeIfAbsent(row.job(), any -> new HashMap<>()).put(one.interval(), one);
              makers
                  .computeIfAbsent(row.job(), any -> new HashMap<>())
                  .put(one.interval(), attempt);
            });
    items.computeIfAbsent(row.job(), any -> new HashMap<>()).putAll(made.items());
  }

  @Override
  public synchronized boolean advance(
      String job, String input, Optional<Long> expected, long version, List<JobFacts.Mark> marks) {
    JobFacts old = facts(job);
    if (!expected.equals(Optional.ofNullable(old.positions().get(input)))) {
      return false;
    }
    Map<String, Long> positions = new HashMap<>(old.positions());
    positions.put(input, version);
    facts.put(job, withMarks(old, positions, marks));
    return true;
  }

  @Override
  public synchronized void force(String job, IntervalSet intervals, String cause) {
    JobFacts old = facts(job);
    List<JobFacts.Mark> marks =
        intervals.ranges().stream().map(i -> new JobFacts.Mark(i, "forced", cause)).toList();
    facts.put(job, withMarks(old, old.positions(), marks));
  }

  @Override
  public synchronized void accept(Accepted accepted) {
    String job = accepted.job();
    IntervalSet intervals = accepted.intervals();
    items.computeIfAbsent(job, any -> new HashMap<>()).putAll(accepted.items());
    JobFacts old = facts(job);
    facts.put(
        job,
        new JobFacts(
            job,
            old.made().union(intervals),
            old.failed().minus(intervals),
            old.early(),
            old.stale().stream().filter(mark -> !intervals.overlaps(mark.interval())).toList(),
            old.positions(),
            Optional.of(accepted.definition()),
            old.otherDefinition().minus(intervals),
            old.fit()));
  }

  @Override
  public synchronized void fits(String job, Fit fit) {
    JobFacts old = facts(job);
    facts.put(
        job,
        new JobFacts(
            job,
            old.made(),
            old.failed(),
            old.early(),
            old.stale(),
            old.positions(),
            old.definition(),
            old.otherDefinition(),
            Optional.of(fit)));
  }

  @Override
  public synchronized Optional<AttemptRow> attempt(String id) {
    return Optional.ofNullable(attempts.get(id));
  }

  @Override
  public synchronized List<AttemptRow> published(String job) {
    return attempts.values().stream()
        .filter(row -> row.job().equals(job) && row.state().equals("made"))
        .sorted(Comparator.comparing(row -> row.version().orElse(-1L)))
        .toList();
  }

  @Override
  public synchronized Optional<RunRow> run(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  @Override
  public synchronized List<RunRow> openRuns() {
    return runs.values().stream().filter(run -> run.endedAt().isEmpty()).toList();
  }

  @Override
  public Instant now(Instant here) {
    return here;
  }

  @Override
  public synchronized Optional<Lease> take(String job, String holder, Instant now, Duration time) {
    Held old = leases.getOrDefault(job, new Held(holder, Instant.MIN, 1, true, Optional.empty()));
    boolean isOwn = old.holder().equals(holder);
    if (!isOwn && !old.released() && old.until().isAfter(now)) {
      return Optional.empty();
    }
    Held held =
        new Held(
            holder,
            now.plus(time),
            isOwn ? old.token() : old.token() + 1,
            false,
            isOwn || old.released() ? old.takenFrom() : Optional.of(old.holder()));
    leases.put(job, held);
    return Optional.of(held.lease(job));
  }

  @Override
  public synchronized boolean renew(Lease lease, String holder, Instant now, Duration time) {
    Held held = leases.get(lease.job());
    if (held == null
        || held.released()
        || held.token() != lease.token()
        || !held.holder().equals(holder)) {
      return false;
    }
    leases.put(
        lease.job(), new Held(holder, now.plus(time), held.token(), false, held.takenFrom()));
    return true;
  }

  @Override
  public synchronized void release(String job, String holder) {
    leases.computeIfPresent(
        job,
        (any, held) ->
            held.holder().equals(holder)
                ? new Held(holder, held.until(), held.token(), true, held.takenFrom())
                : held);
  }

  @Override
  public synchronized void distrust(String job, Instant now) {
    Held old = leases.getOrDefault(job, new Held("", now, 0, true, Optional.empty()));
    if (old.released() || !old.until().isAfter(now)) {
      long token = Math.max(old.token(), Lease.tokenOfANewLedger(now));
      leases.put(
          job,
          new Held(
              old.holder(), old.until(), token, old.released(), Optional.of("another ledger")));
    }
  }

  @Override
  public synchronized void fenced(Lease lease) {
    leases.computeIfPresent(
        lease.job(),
        (any, held) ->
            held.token() == lease.token()
                ? new Held(
                    held.holder(), held.until(), held.token(), held.released(), Optional.empty())
                : held);
  }

  @Override
  public synchronized Optional<Lease> raise(String job, String holder, long above) {
    Held held = leases.get(job);
    if (held == null || held.released() || !held.holder().equals(holder)) {
      return Optional.empty();
    }
    Held raised =
        new Held(
            holder,
            held.until(),
            Math.max(held.token(), above + 1),
            false,
            Optional.of("another ledger"));
    leases.put(job, raised);
    return Optional.of(raised.lease(job));
  }

  @Override
  public synchronized Optional<String> lastHolder(String job) {
    return Optional.ofNullable(leases.get(job)).map(Held::holder);
  }

  @Override
  public synchronized Optional<String> leaseHolder(String job, Instant now) {
    return Optional.ofNullable(leases.get(job))
        .filter(held -> !held.released() && held.until().isAfter(now))
        .map(Held::holder);
  }

  @Override
  public synchronized List<AttemptRow> openAttempts() {
    return attempts.values().stream().filter(row -> row.endedAt().isEmpty()).toList();
  }

  @Override
  public synchronized List<RunRow> runs(int newest) {
    List<RunRow> all = new ArrayList<>(runs.values());
    all.sort(Comparator.comparing(RunRow::startedAt).reversed());
    return all.stream().limit(newest).toList();
  }

  @Override
  public synchronized List<TaskRow> tasks(String run) {
    return tasks.values().stream().filter(row -> row.run().equals(run)).toList();
  }

  @Override
  public synchronized List<AttemptRow> attempts(String run) {
    return attempts.values().stream().filter(row -> row.run().equals(run)).toList();
  }

  @Override
  public synchronized List<AttemptRow> attemptsAt(String job, Interval span, int newest) {
    return attempts.values().stream()
        .filter(row -> row.job().equals(job) && row.intervals().overlaps(span))
        .sorted(Comparator.comparing(AttemptRow::startedAt).reversed())
        .limit(newest)
        .toList();
  }

  @Override
  public synchronized List<QuarantineRow> quarantined(Optional<String> job) {
    return counts.entrySet().stream()
        .filter(entry -> job.isEmpty() || job.get().equals(entry.getKey()))
        .flatMap(
            entry ->
                entry.getValue().values().stream()
                    .filter(made -> made.quarantined() > 0)
                    .map(
                        made ->
                            new QuarantineRow(
                                entry.getKey(),
                                made.interval(),
                                maker(entry.getKey(), made.interval()).orElseThrow(),
                                made.quarantined())))
        .toList();
  }

  @Override
  public void close() {}

  private AttemptRow end(String attempt, Instant at, String state) {
    AttemptRow row =
        Optional.ofNullable(attempts.get(attempt))
            .filter(found -> found.endedAt().isEmpty())
            .orElseThrow(
                () -> new IllegalStateException("No attempt " + attempt + " is under way"));
    AttemptRow ended = row.ended(at, state, row.failureClass(), row.message());
    attempts.put(attempt, ended);
    return ended;
  }

  private static JobFacts withMarks(
      JobFacts old, Map<String, Long> positions, List<JobFacts.Mark> more) {
    List<JobFacts.Mark> marks = new ArrayList<>(old.stale());
    marks.addAll(more);
    return new JobFacts(
        old.job(),
        old.made(),
        old.failed(),
        old.early(),
        marks,
        positions,
        old.definition(),
        old.otherDefinition(),
        old.fit());
  }
}
