package io.sluice.repair;

import io.sluice.deltalog.Commit;
import io.sluice.deltalog.FileChange;
import io.sluice.deltalog.LogTail;
import io.sluice.deltalog.StoredFolder;
import io.sluice.deltalog.TableLog;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.Ledger;
import io.sluice.plan.Needs;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Works out what an undo does, from ledger and logs; starts no Spark and changes nothing.
 *
 * @param tails what is told of the table at a path after a version, also of commits that its log
 *     has forgotten
 * @param order all jobs, each after those whose tables it reads
 */
public record UndoPlanner(
    Lake lake,
    Ledger ledger,
    Clock clock,
    BiFunction<String, Long, LogTail> tails,
    List<Job> order) {

  /** Between this plan and the commit a VACUUM may begin. */
  private static final Duration SOON = Duration.ofHours(1);

  public UndoPlanner {
    order = List.copyOf(order);
  }

  public UndoPlan plan(UndoRequest request) {
    List<TableUndo> tables = new ArrayList<>();
    List<String> refused = new ArrayList<>(strangers(request));
    for (Job job : jobs(request)) {
      LogTail tail = tails.apply(lake.path(job.name()), -1L);
      UndoOfTable table = new UndoOfTable(job, request, lake.time(), tail, accepted(job));
      Optional<TableUndo> undo = table.work();
      refused.addAll(table.refused().lines());
      undo.ifPresent(
          found -> {
            tables.add(withFiles(found, tail, refused));
          });
    }
    return new UndoPlan(request, tables, stale(tables), refused);
  }

  private List<AttemptRow> accepted(Job job) {
    return ledger.published(job.name().toString()).stream()
        .filter(attempt -> attempt.state().equals("accepted"))
        .toList();
  }

  private List<Job> jobs(UndoRequest request) {
    if (request instanceof UndoRequest.OfTable table) {
      return List.of(table.job());
    }
    Set<String> wrote = wrote(request);
    return order.stream()
        .filter(Job::isMade)
        .filter(job -> wrote.isEmpty() || wrote.contains(job.name().toString()))
        .toList();
  }

  /** By the ledger; a ledger that was lost may not know the run, then the logs are asked. */
  private Set<String> wrote(UndoRequest request) {
    return request instanceof UndoRequest.OfRun of
        ? ledger.attempts(of.run()).stream()
            .filter(attempt -> attempt.state().equals("made"))
            .map(AttemptRow::job)
            .collect(Collectors.toSet())
        : Set.of();
  }

  private List<String> strangers(UndoRequest request) {
    return wrote(request).stream()
        .filter(name -> TableName.parse(name).flatMap(lake::find).filter(Job::isMade).isEmpty())
        .map(name -> name + ": no job makes this table any more")
        .toList();
  }

  /** With what its files come to; those that are gone are told as reasons. */
  private TableUndo withFiles(TableUndo undo, LogTail tail, List<String> refused) {
    Job job = undo.job();
    String path = lake.path(job.name());
    TableLog log = TableLog.at(path, lake.spark());
    long oldest = log.since(-1).commits().stream().mapToLong(Commit::version).min().orElse(0);
    if (oldest > 0 && undo.parts().firstKey() < oldest) {
      refused.add(
          "%s: its log begins with version %d, so what was there at version %d can't be read any more; %s"
              .formatted(
                  job.name(), oldest, undo.parts().firstKey(), Refused.again(job, undo.touched())));
      return undo;
    }
    UndoFiles files =
        new UndoFiles(
            job,
            lake.time(),
            folder ->
                Set.copyOf(
                    StoredFolder.at(folder.isEmpty() ? path : path + "/" + folder, lake.spark())
                        .names()));
    List<FileChange> needed =
        files.needed(undo, log.fileChanges(undo.parts().firstKey(), undo.base()));
    files
        .missing(needed)
        .map(
            file ->
                "%s: %s, which held rows of that time, was removed by VACUUM; %s"
                    .formatted(job.name(), file, Refused.again(job, undo.touched())))
        .ifPresent(refused::add);
    Instant promised = clock.instant().minus(job.effort().care().keep()).plus(SOON);
    return undo.needingOldFiles(UndoFiles.leftBefore(promised, needed, tail.commits()));
  }

  /** What reads the tables and is not put back with them. */
  private Map<TableName, IntervalSet> stale(List<TableUndo> tables) {
    Map<TableName, IntervalSet> touched = new LinkedHashMap<>();
    tables.forEach(table -> touched.put(table.job().name(), table.touched()));
    Map<TableName, IntervalSet> stale = new LinkedHashMap<>();
    for (Job reader : order) {
      IntervalSet made = ledger.facts(reader.name().toString()).made();
      IntervalSet reached = IntervalSet.EMPTY;
      for (Input input : reader.inputs().values()) {
        boolean counts = input.sight().isCut() || input.follow() || reader.every() == Cadence.NONE;
        if (counts && touched.containsKey(input.table()) && !input.table().equals(reader.name())) {
          reached = reached.union(reached(reader, input, made, touched));
        }
      }
      IntervalSet left = reached.minus(touched.getOrDefault(reader.name(), IntervalSet.EMPTY));
      if (!left.isEmpty()) {
        stale.put(reader.name(), left);
      }
    }
    return stale;
  }

  private IntervalSet reached(
      Job reader, Input input, IntervalSet made, Map<TableName, IntervalSet> touched) {
    List<Interval> reached = new ArrayList<>();
    Job read = lake.job(input.table());
    for (Interval range : touched.getOrDefault(input.table(), IntervalSet.EMPTY).ranges()) {
      reached.addAll(
          Needs.among(
              made, Needs.reached(reader, input, read, range, lake.time()), reader.every()));
    }
    return IntervalSet.of(reached);
  }
}
