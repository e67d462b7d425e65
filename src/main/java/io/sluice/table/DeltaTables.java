package io.sluice.table;

import io.sluice.deltalog.Receipt;
import io.sluice.lake.WriteSpec;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables of a lake as Delta keeps them. */
public final class DeltaTables implements Tables {

  /** Session setting, or system property, that keeps to Delta's public API where it is false. */
  public static final String INTERNALS = "spark.sluice.table.internals";

  /**
   * Session setting, or system property, by which no hashes of rows are taken where it is false.
   */
  public static final String HASHES = "spark.sluice.table.hashes";

  private final SparkSession spark;
  private final PublicDelta publicDelta = new PublicDelta();
  private final Optional<InternalDelta> internals;

  /**
   * @param spark the process's session, for what belongs to no task
   */
  public DeltaTables(SparkSession spark) {
    this.spark = spark;
    this.internals =
        InternalProbe.isUsable() ? Optional.of(new InternalDelta(publicDelta)) : Optional.empty();
  }

  @Override
  public OptionalLong version(String path) {
    return CommitLog.of(spark, path).latest();
  }

  @Override
  public Dataset<Row> read(SparkSession session, TableRead read) {
    SparkSession.setActiveSession(session);
    return Versions.visible(access(session).read(session, read), read);
  }

  @Override
  public StagedRows stage(SparkSession session, TableWrite write, Dataset<Row> rows) {
    SparkSession.setActiveSession(session);
    Optional<TableShape> old =
        write.base().isEmpty() || write.rebuild()
            ? Optional.empty()
            : Optional.of(access(session).shape(session, write.path(), write.base().getAsLong()));
    WriteSpec spec = write.job().write();
    if (spec instanceof WriteSpec.Replace || spec instanceof WriteSpec.Overwrite) {
      ReplaceWrite replace = new ReplaceWrite(write, old);
      return replace.stage(access(session, replace.replacement(rows.schema())), session, rows);
    }
    DeltaSession delta =
        new DeltaSession(session, access(session), replacement -> access(session, replacement));
    KeyedTable table = new KeyedTable(delta, write, old);
    if (spec instanceof WriteSpec.Merge merge) {
      return KeyedWrite.stage(
          session, write, merge.key(), rows, batch -> new MergeWrite(table, merge, batch));
    }
    if (spec instanceof WriteSpec.Scd2 scd2) {
      return KeyedWrite.stage(
          session, write, scd2.key(), rows, batch -> new Scd2Write(table, scd2, batch));
    }
    throw new IllegalArgumentException(
        "%s is a %s: nothing is written".formatted(write.job().name(), spec.word()));
  }

  @Override
  public Map<Interval, Long> quarantine(
      SparkSession session, String path, String attempt, Dataset<Row> rows) {
    SparkSession.setActiveSession(session);
    return new Quarantine(session, path).add(attempt, rows);
  }

  /**
   * The rows that these attempts turned away: those of {@link #quarantine} and {@code attempt}.
   * Empty where none ever was.
   */
  public Optional<Dataset<Row>> quarantined(
      SparkSession session, String path, List<String> attempts) {
    Quarantine quarantine = new Quarantine(session, path);
    return quarantine.exists() ? Optional.of(quarantine.of(attempts)) : Optional.empty();
  }

  @Override
  public OptionalLong landed(String path, Receipt receipt, OptionalLong base) {
    return CommitLog.of(spark, path).find(receipt, base);
  }

  @Override
  public boolean fence(SparkSession session, String path, Fence fence) {
    SparkSession.setActiveSession(session);
    return access(session).fence(session, path, fence);
  }

  @Override
  public void forgetTurnedAway(
      SparkSession session, String path, String attempt, List<Interval> intervals) {
    SparkSession.setActiveSession(session);
    new Quarantine(session, path).forget(attempt, intervals);
  }

  @Override
  public void forget(
      SparkSession session, String tablePath, String quarantinePath, String attempt) {
    SparkSession.setActiveSession(session);
    StagedParquet.remove(session, tablePath, attempt);
    new Quarantine(session, quarantinePath).forget(attempt);
  }

  /** Gives a table its past back in one commit, and answers the version. */
  public long restore(SparkSession session, TableRestore restore, Receipt receipt) {
    SparkSession.setActiveSession(session);
    InternalRestore files = new InternalRestore(session, restore);
    boolean byFiles =
        internals(session).filter(path -> path.canWrite(session, restore.path())).isPresent()
            && files.isPossible();
    Restoring way = byFiles ? files : new PublicRestore(session, restore);
    return way.publish(receipt);
  }

  /** Care of one table, in a session that is its own. */
  public static TableCare care(SparkSession session, String path) {
    return new TableCare(session, path);
  }

  private DeltaAccess access(SparkSession session) {
    Optional<InternalDelta> known = internals(session);
    return known.isPresent() ? known.get() : publicDelta;
  }

  private DeltaAccess access(SparkSession session, Replacement replacement) {
    boolean fits = replacement.slice() instanceof Slice.Whole || replacement.isPartitioned();
    Optional<InternalDelta> known =
        internals(session).filter(path -> fits && path.canWrite(session, replacement.path()));
    return known.isPresent() ? known.get() : publicDelta;
  }

  private Optional<InternalDelta> internals(SparkSession session) {
    return internals.filter(known -> mayUseInternals(session));
  }

  static boolean mayUseInternals(SparkSession session) {
    return Boolean.parseBoolean(
        session.conf().get(INTERNALS, System.getProperty(INTERNALS, "true")));
  }
}
