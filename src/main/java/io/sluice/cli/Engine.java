package io.sluice.cli;

import io.sluice.config.Problem;
import io.sluice.deltalog.ColumnChange;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.QuarantineRow;
import io.sluice.plan.Plan;
import io.sluice.rehearsal.Rehearsal;
import io.sluice.repair.Care;
import io.sluice.repair.CareOfTable;
import io.sluice.repair.Undo;
import io.sluice.repair.UndoPlan;
import io.sluice.repair.UndoRequest;
import io.sluice.run.Verdict;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * An opened project, as commands see it. Each part is opened when it is first asked for: a command
 * that needs no Spark starts none.
 */
public interface Engine extends AutoCloseable {

  /** The definitions, checked. */
  Lake lake();

  /** What the definitions' writer should know; nothing is wrong. */
  List<Problem> hints();

  Ledger ledger();

  /** What a person should know before believing the ledger. */
  List<String> warnings();

  Plan plan(PlanRequest request);

  /** Makes what {@link #plan} would say. */
  Verdict run(PlanRequest request, String command, Progress progress);

  /**
   * Counts intervals as made, as they are, from what the source has of them now.
   *
   * @return what the person should know
   */
  List<String> accept(Job job, List<Interval> intervals, String reason);

  /** Ends what dead runs left open, as each run does first. */
  void settle(Progress progress);

  /** What would be put back, and what can't be; changes nothing. */
  UndoPlan planUndo(UndoRequest request);

  /** Puts back what the plan says, if it still holds. */
  Undo.Ended undo(UndoPlan plan, String command);

  /**
   * What tables are in need of; changes nothing.
   *
   * @param select as a run takes it
   * @param always whether tables are due whenever they were last taken care of
   */
  List<CareOfTable> planCare(List<String> select, boolean always);

  /** Takes care of tables. */
  Care.Ended care(List<String> select, boolean always, Consumer<Care.Done> told);

  /** Answers a query over the lake's tables. */
  Rows sql(String query, OptionalInt limit);

  /** The rows that a job would make of an interval; publishes nothing. */
  Rows preview(TableName job, Optional<Interval> span, OptionalInt limit);

  /** Makes the span at once and interval by interval, and tells where the rows differ. */
  List<String> proveBatching(TableName job, Interval span);

  /** Which columns the job's table got, lost and changed, as far back as its log goes. */
  List<ColumnChange> columnChanges(Job job);

  /** Counts the rows of made intervals anew, in the job's source and in the lake. */
  List<Reconciled> reconcile(Job job, Optional<Interval> span);

  /** Some rows that were turned away from these intervals; empty where the table is not there. */
  Rows quarantined(TableName job, List<QuarantineRow> of, int limit);

  @Override
  void close();

  /** Opens a project. */
  @FunctionalInterface
  interface Opener {
    Engine open(Project project);
  }

  /**
   * Where a project is.
   *
   * @param folder path or URI
   * @param env name of the {@code conf/<env>.conf} that is laid over {@code lake.conf}
   * @param rehearsal faults that are to happen
   */
  record Project(String folder, Optional<String> env, Rehearsal rehearsal) {
    Project(String folder, Optional<String> env) {
      this(folder, env, Rehearsal.NONE);
    }
  }
}
