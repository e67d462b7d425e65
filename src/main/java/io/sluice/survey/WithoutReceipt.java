package io.sluice.survey;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.LogGap;
import io.sluice.deltalog.LogTail;
import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.StoredFile;
import io.sluice.deltalog.StoredFolder;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.WriteSpec;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Intervals of which no receipt is left, because others than Sluice cleaned the table's log. What
 * lies in partitions counts as made, by nobody knows what, and so does what came from a source: to
 * make it again without being told would replace rows that the source may have no more. What the
 * lake itself can make again is made again where nothing shows that it was made.
 */
record WithoutReceipt(Lake lake) {
  private static final String COUNTED =
      "counted as made by an unknown definition; where that is wrong: sluice backfill --select %s --from %s --to %s";
  private static final String AGAIN =
      "not counted as made: a run makes them again; where they are right as they are: sluice accept %s --from %s --to %s --reason TEXT";

  /**
   * What became of such intervals.
   *
   * @param counted those that count as made
   * @param told a line for each span, with the command that does the other thing
   */
  record Found(Optional<KeptAcceptance> counted, List<String> told) {
    static final Found NOTHING = new Found(Optional.empty(), List.of());

    Found {
      told = List.copyOf(told);
    }
  }

  /**
   * Nothing where nothing is missing of the log, or the table has no file.
   *
   * @param log of a job that the ledger does not know, with its gap
   * @param made what the ledger knows to be made
   * @param receipts those that it does not know
   * @param now moment of the plan
   */
  Found of(Job job, LogTail log, IntervalSet made, List<Receipt> receipts, Instant now) {
    Optional<LogGap.Cleaned> gone = log.gap().flatMap(LogGap::cleaned);
    if (gone.isEmpty()) {
      return Found.NOTHING;
    }
    List<String> files = files(job);
    if (files.isEmpty()) {
      return Found.NOTHING;
    }
    String why = log.gap().get().why();
    Instant cleaned = cleaned(log, gone.get(), now);
    IntervalSet known = receipts.stream().map(Receipt::intervals).reduce(made, IntervalSet::union);
    Optional<String> column = column(job);
    if (column.isPresent()) {
      IntervalSet there = due(job, now).intersect(partitions(job, column.get(), files));
      return counted(
          job,
          there.minus(known),
          "the rows are there, no receipt is: " + why,
          gone.get(),
          cleaned);
    }
    String unsaid = "no receipt says whether they were made: " + why;
    if (known.isEmpty() && isMadeOfTheLakeAlone(job)) {
      return new Found(Optional.empty(), told(job, due(job, cleaned), unsaid, AGAIN));
    }
    IntervalSet before = known.isEmpty() ? due(job, cleaned) : before(job, known, now);
    return counted(job, before.minus(known), unsaid, gone.get(), cleaned);
  }

  /**
   * By SQL, of tables that Sluice makes, and without its own rows of before: an ordered merge would
   * have to know what its last interval was.
   */
  private boolean isMadeOfTheLakeAlone(Job job) {
    return job.making() instanceof Making.FromSql
        && !(job.isOrdered() && job.write() instanceof WriteSpec.Merge)
        && job.inputs().keySet().stream()
            .noneMatch(input -> lake.job(input).making() instanceof Making.External);
  }

  private static Found counted(
      Job job, IntervalSet left, String reason, LogGap.Cleaned gone, Instant at) {
    return left.isEmpty()
        ? Found.NOTHING
        : new Found(
            Optional.of(
                new KeptAcceptance(
                    "unknown-%s-%d".formatted(job.name(), gone.last()),
                    job.name(),
                    left.split(job.every()),
                    "",
                    reason,
                    at,
                    Map.of(job.name(), gone.last()),
                    Map.of())),
            told(job, left, reason, COUNTED));
  }

  /** Nothing that is gone was made later: the first commit after it is there, with its time. */
  private static Instant cleaned(LogTail log, LogGap.Cleaned gone, Instant now) {
    return log.commits().stream()
        .filter(commit -> commit.version() > gone.last())
        .findFirst()
        .map(Commit::at)
        .filter(at -> at.isBefore(now))
        .orElse(now);
  }

  /** By which column a person finds the interval in the names of the table's folders. */
  private static Optional<String> column(Job job) {
    return job.cutColumn()
        .filter(name -> job.shape().partitionBy().stream().findFirst().equals(Optional.of(name)));
  }

  private IntervalSet due(Job job, Instant at) {
    return job.every() == Cadence.NONE
        ? IntervalSet.of(Interval.ALWAYS)
        : job.schedule().due(at, lake.time()).map(IntervalSet::of).orElse(IntervalSet.EMPTY);
  }

  /** Where rows do not lie by interval, all before the newest receipt is taken to be there. */
  private IntervalSet before(Job job, IntervalSet known, Instant now) {
    Interval span = known.span().orElseThrow();
    LocalDateTime end = job.isOrdered() ? span.from() : span.to();
    return job.every() == Cadence.NONE
        ? IntervalSet.EMPTY
        : due(job, now).intersect(IntervalSet.of(new Interval(Interval.ALWAYS.from(), end)));
  }

  /** Data files, and none of what lies beside them: a folder alone says nothing of any rows. */
  private List<String> files(Job job) {
    return StoredFolder.at(lake.path(job.name()), lake.spark()).all().stream()
        .map(StoredFile::path)
        .filter(path -> path.matches("([^_./]|[^/]*=).*\\.parquet"))
        .toList();
  }

  private IntervalSet partitions(Job job, String column, List<String> files) {
    return IntervalSet.of(
        files.stream()
            .filter(path -> path.startsWith(column + "=") && path.contains("/"))
            .map(path -> path.substring(column.length() + 1, path.indexOf('/')))
            .distinct()
            .map(name -> URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8))
            .flatMap(value -> lake.time().partition(value, job.every()).stream())
            .map(job.every()::at)
            .toList());
  }

  private static List<String> told(Job job, IntervalSet left, String reason, String what) {
    return left.ranges().stream()
        .map(span -> told(job, IntervalSet.of(span).split(job.every()), reason, what))
        .toList();
  }

  private static String told(Job job, List<Interval> span, String reason, String what) {
    Interval first = span.get(0);
    Interval last = span.get(span.size() - 1);
    return "%1$s %2$s (%3$d): %4$s; "
            .formatted(job.name(), job.every().name(first, last), span.size(), reason)
        + what.formatted(job.name(), job.every().name(first), job.every().name(last));
  }
}
