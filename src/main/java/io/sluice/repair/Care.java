package io.sluice.repair;

import io.sluice.deltalog.FileChange;
import io.sluice.deltalog.KeptCommits;
import io.sluice.deltalog.StoredFile;
import io.sluice.deltalog.StoredFolder;
import io.sluice.deltalog.TableLog;
import io.sluice.lake.CareSpec;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.LedgerException;
import io.sluice.ledger.RunRow;
import io.sluice.ledger.TaskRow;
import io.sluice.run.Holding;
import io.sluice.run.LostLeaseException;
import io.sluice.table.TableCare;
import io.sluice.time.IntervalSet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes care of tables, each under the lease of its job; what goes wrong with one is no business of
 * the others.
 *
 * @param hold opens the leases of a run
 * @param spark care of the table at a path, in a session that is its own; starts Spark
 */
public record Care(
    Lake lake,
    Ledger ledger,
    Clock clock,
    Function<RunRow, Holding> hold,
    CarePlanner planner,
    Function<String, TableCare> spark) {

  /**
   * What became of a table.
   *
   * @param state as the ledger has it: {@code made}, {@code failed} or {@code skipped}
   * @param said what was done and saved; where not all was, at the end why not
   */
  public record Done(TableName job, String state, List<String> said) {
    public Done {
      said = List.copyOf(said);
    }

    /** The last that was said. */
    private String why() {
      return said.isEmpty() ? "" : said.get(said.size() - 1);
    }
  }

  /**
   * How it went.
   *
   * @param exit the process's exit code
   */
  public record Ended(List<Done> done, int exit, String lastLine) {
    public Ended {
      done = List.copyOf(done);
    }
  }

  /**
   * @param always whether tables are due whenever they were last taken care of
   * @param row the run as the history will show it, without an end
   * @param told each table as soon as it is done with
   */
  public Ended run(List<Job> jobs, boolean always, RunRow row, Consumer<Done> told) {
    ledger.runStarted(row);
    List<Done> all = new ArrayList<>();
    for (Job job : jobs) {
      one(job, always, row, all.size() + 1)
          .ifPresent(
              done -> {
                all.add(done);
                told.accept(done);
              });
    }
    Ended ended = ended(all);
    ledger.runEnded(row.id(), clock.instant(), ended.exit(), ended.lastLine());
    return ended;
  }

  /** Empty where there was nothing to do. */
  private Optional<Done> one(Job job, boolean always, RunRow row, int number) {
    String task = "%s-%d".formatted(row.id(), number);
    List<String> said = new ArrayList<>();
    String state;
    try (Holding leases = hold.apply(row)) {
      if (!planner.plan(job, always, clock.instant()).isNeeded()) {
        return Optional.empty();
      }
      started(job, row, task);
      Optional<String> held = leases.take(List.of(job));
      held.ifPresent(said::add);
      if (held.isEmpty()) {
        CareOfTable care = planner.plan(job, always, clock.instant());
        careFor(care, new Steps(job.name(), leases, "", said));
      }
      state = held.isPresent() ? "skipped" : "made";
    } catch (LostLeaseException e) {
      said.add(e.getMessage() + "; what is left is not done");
      state = "skipped";
    } catch (LedgerException e) {
      throw e;
    } catch (Exception e) { // Spark throws checked ones without declaring them.
      started(job, row, task);
      said.add(message(e));
      state = "failed";
    }
    ledger.taskEnded(task, clock.instant(), state, String.join("; ", said));
    return Optional.of(new Done(job.name(), state, said));
  }

  private void started(Job job, RunRow row, String task) {
    ledger.taskStarted(
        new TaskRow(
            task,
            row.id(),
            job.name().toString(),
            IntervalSet.EMPTY,
            "care",
            clock.instant(),
            Optional.empty(),
            "running",
            ""));
  }

  /**
   * What is done at a table, as long as it is ours.
   *
   * @param prefix of what is said
   */
  private record Steps(TableName job, Holding leases, String prefix, List<String> said) {
    void take(Runnable step) {
      leases.insist(job);
      step.run();
    }

    void say(String what) {
      said.add(prefix + what);
    }

    Steps at(String part) {
      return new Steps(job, leases, part, said);
    }
  }

  private void careFor(CareOfTable care, Steps steps) {
    Job job = care.job();
    if (!care.staged().isEmpty()) {
      steps.take(() -> planner.removeStaged(care));
      steps.say("removed what %d dead attempts had staged".formatted(care.staged().size()));
    }
    CareSpec spec = job.effort().care();
    careFor(lake.path(job.name()), care.table(), spec, true, steps);
    careFor(
        lake.quarantinePath(job.name()), care.quarantine(), spec, false, steps.at("quarantine: "));
  }

  private void careFor(
      String path, CareNeed need, CareSpec spec, boolean hasReceipts, Steps steps) {
    if (need.isNone()) {
      return;
    }
    TableCare table = spark.apply(path);
    steps.take(() -> table.keep(spec.keep(), hasReceipts));
    if (!need.dead().isEmpty()) {
      steps.take(() -> table.forget(need.dead()));
      steps.say("took out rows of %d dead attempts".formatted(need.dead().size()));
    }
    long before = latest(path);
    if (!need.compact().isEmpty()) {
      steps.take(() -> table.compact(List.copyOf(need.compact().keySet()), spec.compact()));
      steps.say("compacted " + rewritten(path, before));
    }
    long compacted = latest(path);
    if (!need.zorder().isEmpty()) {
      steps.take(() -> table.zorder(need.zorder(), spec.zorder()));
      steps.say("put in order by %s ".formatted(spec.zorder()) + rewritten(path, compacted));
    }
    if (need.checkpoint() || need.forget().isPresent()) {
      checkpoint(path, need, table, steps);
    }
    vacuum(path, table, spec.keep(), steps);
  }

  /**
   * What the log tells of commits is kept beside the table before it forgets them; of all there
   * are, because which are old enough is asked again when they go.
   */
  private void checkpoint(String path, CareNeed need, TableCare table, Steps steps) {
    boolean isKept =
        need.forget().isPresent()
            && new KeptCommits(path, lake.spark()).keep(latest(path)) >= need.forget().getAsLong();
    long last = latest(path);
    long before = commits(path, last);
    steps.take(() -> table.checkpoint(isKept));
    long gone = before - commits(path, last);
    steps.say("wrote a checkpoint");
    if (gone > 0) {
      steps.say("let the log forget %d commits, whose receipts are kept".formatted(gone));
    }
  }

  /** Without those after {@code last}: a checkpoint may take commits of its own. */
  private long commits(String path, long last) {
    return TableLog.at(path, lake.spark()).since(-1).commits().stream()
        .filter(commit -> commit.version() <= last)
        .count();
  }

  /** Also where there is nothing to remove: then the log tells that care was taken. */
  private void vacuum(String path, TableCare table, Duration keep, Steps steps) {
    List<StoredFile> before = data(path);
    steps.take(() -> table.vacuum(keep));
    List<StoredFile> after = data(path);
    if (after.size() < before.size()) {
      steps.say(
          "removed %d files, %s"
              .formatted(
                  before.size() - after.size(),
                  size(CareNeed.bytes(before) - CareNeed.bytes(after))));
    }
  }

  private List<StoredFile> data(String path) {
    return StoredFolder.at(path, lake.spark()).all().stream()
        .filter(file -> !CareNeed.isHidden(file.path()))
        .toList();
  }

  private long latest(String path) {
    return TableLog.at(path, lake.spark()).latest().orElse(-1);
  }

  private String rewritten(String path, long before) {
    List<FileChange> changes = TableLog.at(path, lake.spark()).fileChanges(before, latest(path));
    long added = changes.stream().filter(FileChange::added).count();
    return "%d files into %d".formatted(changes.size() - added, added);
  }

  private static Ended ended(List<Done> all) {
    long made = all.stream().filter(done -> done.state().equals("made")).count();
    List<Done> failed = all.stream().filter(done -> done.state().equals("failed")).toList();
    List<Done> held = all.stream().filter(done -> done.state().equals("skipped")).toList();
    int exit = 0;
    if (made < all.size()) {
      exit = made > 0 ? 3 : failed.isEmpty() ? 4 : 1;
    }
    String line =
        all.isEmpty()
            ? "nothing to do"
            : "took care of %d of %d tables".formatted(made, all.size());
    for (List<Done> others : List.of(failed, held)) {
      if (!others.isEmpty()) {
        line += "; %s: %s".formatted(others.get(0).job(), others.get(0).why());
        break;
      }
    }
    return new Ended(all, exit, line);
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** As people read it. */
  public static String size(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < 4) {
      size /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(
            Locale.ROOT, "%.1f %s", size, List.of("B", "KB", "MB", "GB", "TB").get(unit));
  }
}
