package io.sluice.task;

import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.TableLog;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Origin;
import io.sluice.lake.TableName;
import io.sluice.rehearsal.Rehearsal;
import io.sluice.table.DeltaTables;
import io.sluice.table.FencedException;
import io.sluice.table.Leftovers;
import io.sluice.table.TableCare;
import io.sluice.table.TableRead;
import io.sluice.table.TableRestore;
import io.sluice.table.Tables;
import io.sluice.time.Interval;
import io.sluice.transform.SqlQuery;
import io.sluice.transform.SqlText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** All that needs Spark, which is started when the first of it is asked for. */
public final class Workshop implements TaskMaker {
  private static final String QUARANTINE = "quarantine.";

  private final Lake lake;
  private final Feeds feeds;
  private final Supplier<SparkHost> host;
  private final Rehearsal rehearsal;
  private final Set<String> cancelledEarly = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Tools tools;

  private record Tools(SparkSession spark, Tables tables, TaskMaker maker) {}

  public Workshop(Lake lake, Feeds feeds, Supplier<SparkHost> host, Rehearsal rehearsal) {
    this.lake = lake;
    this.feeds = feeds;
    this.host = host;
    this.rehearsal = rehearsal;
  }

  @Override
  public Outcome make(TaskOrder order) {
    TaskMaker maker;
    try {
      maker = tools().maker();
    } catch (RuntimeException e) {
      // No interval is to blame, and none will do better.
      return new Outcome.Failed(
          FailureClassifier.classify(e),
          "Spark can't be started: " + FailureMessage.of(e),
          order.intervals(),
          e);
    }
    if (cancelledEarly.remove(order.attempt())) {
      maker.cancel(order.attempt());
    }
    return maker.make(order);
  }

  @Override
  public boolean fence(Job job, long token) {
    return tools().maker().fence(job, token);
  }

  @Override
  public boolean isOver() {
    Tools open = tools;
    return open != null && open.maker().isOver();
  }

  @Override
  public void cancel(String attempt) {
    // Does not wait for a Spark that is just starting.
    Tools open = tools;
    if (open == null) {
      cancelledEarly.add(attempt);
      open = tools;
    }
    if (open != null) {
      open.maker().cancel(attempt);
    }
  }

  /**
   * Takes away what a dead attempt left beside its table and in quarantine; Spark is started only
   * where there are rows in quarantine that no receipt names.
   *
   * @param landed whether it has published: then only what it staged is left
   */
  public void forget(TableName job, String attempt, boolean landed) {
    Leftovers left = new Leftovers(lake.path(job), lake.quarantinePath(job), attempt, lake.spark());
    left.removeStaged();
    if (!landed) {
      KeptItems.of(lake, lake.job(job)).remove(attempt);
      if (left.mayBeInQuarantine()) {
        Tools open = tools();
        try {
          open.tables().forget(open.spark(), lake.path(job), lake.quarantinePath(job), attempt);
        } catch (Exception e) { // Spark throws checked ones without declaring them.
          throw TaskFailure.of(lake.job(job), e);
        }
      }
    }
  }

  /**
   * The rows of one SELECT over the lake's tables, as they are now, and over {@code
   * quarantine.layer.table}.
   *
   * @param rejects by job: of each interval that has rows in quarantine, the attempt that made it
   * @param most empty for all
   */
  public Answer sql(
      String query, Function<TableName, Map<Interval, String>> rejects, OptionalInt most) {
    SparkSession session = session();
    try {
      Dataset<Row> rows =
          new SqlQuery(session, name -> table(session, name, rejects), Map.of())
              .rows(new SqlText(query, new Origin("query", 1)));
      return Answer.of(rows, most);
    } catch (Exception e) { // Spark throws checked ones without declaring them.
      throw TaskFailure.ofQuery(e);
    }
  }

  private SparkSession session() {
    SparkSession session = tools().spark().newSession();
    session.conf().set("spark.sql.session.timeZone", lake.time().zone().getId());
    return session;
  }

  /**
   * Some of the rows of a job that were turned away, by interval and rule, with the number of all
   * such; no columns where none ever was.
   *
   * @param attempts by interval, the attempt that made it
   * @param most of an interval and rule
   */
  public Answer quarantined(TableName job, Map<Interval, String> attempts, int most) {
    SparkSession session = session();
    try {
      return new DeltaTables(session)
          .quarantined(session, lake.quarantinePath(job), List.copyOf(attempts.values()))
          .map(rows -> Answer.of(Rejects.some(rows, attempts, most), OptionalInt.empty()))
          .orElse(new Answer(List.of(), List.of(), false));
    } catch (Exception e) { // Spark throws checked ones without declaring them.
      throw TaskFailure.ofQuery(e);
    }
  }

  /** The rows that a task of these intervals would judge by its rules. */
  public Answer preview(Job job, List<Interval> intervals, OptionalInt most) {
    Dataset<Row> rows = preview().rows(job, intervals);
    try {
      return Answer.of(rows, most);
    } catch (Exception e) { // Spark throws checked ones without declaring them.
      throw TaskFailure.of(job, e);
    }
  }

  /** Rows that only making the intervals together gives, and those that only apart does. */
  public Preview.BatchProof prove(Job job, List<Interval> intervals) {
    try {
      return preview().prove(job, intervals);
    } catch (Exception e) { // Spark throws checked ones without declaring them.
      throw TaskFailure.of(job, e);
    }
  }

  /** How many rows of these intervals, which are in order, source and table have now. */
  public List<Counted> recount(Job job, List<Interval> intervals) {
    Tools open = tools();
    return new Recount(open.spark(), lake, open.tables(), feeds).of(job, intervals);
  }

  /**
   * Gives a table its past back in one commit, and answers the version.
   *
   * @throws TakenOverException where somebody has a newer fence
   */
  public long restore(TableRestore restore, Receipt receipt) {
    SparkSession session = TaskSession.open(tools().spark(), lake, restore.job());
    try {
      return new DeltaTables(session).restore(session, restore, receipt);
    } catch (FencedException e) {
      throw new TakenOverException(String.valueOf(e.getMessage()), e.token(), e);
    } catch (Exception e) { // Spark throws checked ones without declaring them.
      throw TaskFailure.of(restore.job(), e);
    } finally {
      SparkSession.clearActiveSession();
    }
  }

  /** Care of the table at a path, in a session of its own. */
  public TableCare care(String path) {
    SparkSession session = tools().spark().newSession();
    lake.spark().forEach((key, value) -> LakeSession.setIfPossible(session, key, value));
    SparkSession.setActiveSession(session);
    return DeltaTables.care(session, path);
  }

  private Preview preview() {
    Tools open = tools();
    return new Preview(open.spark(), lake, open.tables(), feeds);
  }

  private Optional<Dataset<Row>> table(
      SparkSession session, String name, Function<TableName, Map<Interval, String>> rejects) {
    if (name.startsWith(QUARANTINE)) {
      return TableName.parse(name.substring(QUARANTINE.length()))
          .map(
              job ->
                  Rejects.counting(
                      session,
                      new DeltaTables(session)
                          .quarantined(
                              session,
                              lake.quarantinePath(job),
                              List.copyOf(rejects.apply(job).values())),
                      rejects.apply(job)));
    }
    Optional<Job> job = TableName.parse(name).flatMap(lake::find);
    if (job.isEmpty()) {
      return Optional.empty();
    }
    String path = lake.path(job.get().name());
    OptionalLong version = TableLog.at(path, lake.spark()).latest();
    if (version.isEmpty()) {
      return Optional.empty();
    }
    Tools open = tools();
    return Optional.of(
        open.tables()
            .read(
                open.spark(),
                new TableRead(
                    path,
                    version.getAsLong(),
                    Optional.empty(),
                    Optional.empty(),
                    lake.time().zone())));
  }

  private synchronized Tools tools() {
    if (tools == null) {
      SparkSession spark = host.get().open(lake);
      Tables tables = RehearsedTables.of(new DeltaTables(spark), lake, rehearsal);
      tools =
          new Tools(spark, tables, new SparkTaskMaker(() -> spark, lake, session -> tables, feeds));
    }
    return tools;
  }

  /** Gives Spark back where it was asked for. */
  public synchronized void close() {
    if (tools != null) {
      host.get().close(tools.spark());
      tools = null;
    }
  }
}
