package io.sluice.ledger;

import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the facts of all jobs, with one statement a table. */
record FactsReader(Transaction transaction) {

  private record Line(String job, String name, String about, String cause, Interval interval) {}

  /** Facts of one job, while they come together. */
  private static final class Gathered {
    private Optional<String> definition = Optional.empty();
    private final List<Interval> made = new ArrayList<>();
    private final List<Interval> otherDefinition = new ArrayList<>();
    private final List<Interval> failed = new ArrayList<>();
    private final Map<String, List<Interval>> early = new HashMap<>();
    private final List<JobFacts.Mark> stale = new ArrayList<>();
    private final Map<String, Long> positions = new HashMap<>();
    private Optional<Fit> fit = Optional.empty();

    void made(Line line) {
      made.add(line.interval);
      if (definition.isPresent() && !definition.get().equals(line.name)) {
        otherDefinition.add(line.interval);
      }
    }

    void deviates(Line line) {
      switch (line.name) {
        case Deviations.FAILED -> failed.add(line.interval);
        case Deviations.EARLY ->
            early.computeIfAbsent(line.about, input -> new ArrayList<>()).add(line.interval);
        default -> stale.add(new JobFacts.Mark(line.interval, line.about, line.cause));
      }
    }

    JobFacts facts(String job) {
      Map<String, IntervalSet> earlySets = new HashMap<>();
      early.forEach((input, intervals) -> earlySets.put(input, IntervalSet.of(intervals)));
      return new JobFacts(
          job,
          IntervalSet.of(made),
          IntervalSet.of(failed),
          earlySets,
          stale,
          positions,
          definition,
          IntervalSet.of(otherDefinition),
          fit);
    }
  }

  /** Of all jobs. */
  Map<String, JobFacts> read() throws SQLException {
    return read("%");
  }

  /**
   * Of the jobs whose names are like this.
   *
   * @param like a pattern of SQL's LIKE; a job's name, whose {@code _} is like itself, may match
   *     others too
   */
  Map<String, JobFacts> read(String like) throws SQLException {
    Map<String, Gathered> jobs = new TreeMap<>();
    transaction.list(
        row -> gathered(jobs, row.text("name")).definition = row.optionalText("definition"),
        "SELECT name, definition FROM job WHERE name LIKE ?",
        like);
    for (Line line :
        transaction.list(
            row -> new Line(row.text("job"), row.text("definition"), "", "", row.interval()),
            "SELECT job, from_at, to_at, definition FROM made WHERE job LIKE ? ORDER BY job, from_at",
            like)) {
      gathered(jobs, line.job).made(line);
    }
    for (Line line :
        transaction.list(
            row ->
                new Line(
                    row.text("job"),
                    row.text("sort"),
                    row.text("about"),
                    row.text("cause"),
                    row.interval()),
            "SELECT * FROM deviation WHERE job LIKE ? ORDER BY job, from_at, to_at, about, cause",
            like)) {
      gathered(jobs, line.job).deviates(line);
    }
    transaction.list(
        row ->
            gathered(jobs, row.text("job")).positions.put(row.text("input"), row.number("version")),
        "SELECT job, input, version FROM log_position WHERE job LIKE ?",
        like);
    transaction.list(
        row ->
            gathered(jobs, row.text("job")).fit =
                Optional.of(
                    new Fit(
                        row.text("definition"),
                        (int) row.number("batch"),
                        (int) row.number("intervals"))),
        "SELECT * FROM fit WHERE job LIKE ?",
        like);
    Map<String, JobFacts> facts = new TreeMap<>();
    jobs.forEach((job, gathered) -> facts.put(job, gathered.facts(job)));
    return facts;
  }

  private static Gathered gathered(Map<String, Gathered> jobs, String job) {
    return jobs.computeIfAbsent(job, name -> new Gathered());
  }
}
