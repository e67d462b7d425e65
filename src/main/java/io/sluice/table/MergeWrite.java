package io.sluice.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.sluice.deltalog.Receipt;
import io.sluice.lake.Job;
import io.sluice.lake.WriteSpec;
import io.sluice.time.Interval;
import java.io.FileNotFoundException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of which the last of a key wins. Where intervals may come in any order, the greatest row
 * does: by {@code sequence-by}, then by its interval if that is stored, then by a hash of its
 * values, so that to make an old interval again changes nothing. Where they come in order, each row
 * is applied to the one before, and what a remade interval and later ones did is first taken back:
 * the rows are applied to the version of the table from before them.
 */
final class MergeWrite implements StagedRows {
  private final DeltaSession session;
  private final TableWrite write;
  private final Job job;
  private final WriteSpec.Merge spec;
  private final KeyedBatch batch;
  private final StructType row;
  private final Optional<TableShape> old;
  private final TableShape shape;

  static StagedRows stage(
      DeltaSession session,
      TableWrite write,
      WriteSpec.Merge spec,
      Optional<TableShape> old,
      Dataset<Row> rows) {
    KeyedBatch batch = KeyedBatch.stage(session.spark(), write, rows, spec.key());
    try {
      MergeWrite staged = new MergeWrite(session, write, spec, old, batch);
      if (spec.sequenceBy().isEmpty()) {
        batch.refuseTies(Optional.empty(), false);
      }
      return staged;
    } catch (RuntimeException e) {
      batch.parquet().remove();
      throw e;
    }
  }

  private MergeWrite(
      DeltaSession session,
      TableWrite write,
      WriteSpec.Merge spec,
      Optional<TableShape> old,
      KeyedBatch batch) {
    this.session = session;
    this.write = write;
    this.job = write.job();
    this.spec = spec;
    this.old = old;
    this.batch = batch;
    this.row = row();
    TableShape made = new TableShape(row, partitionBy());
    this.shape = old.map(table -> table.accept(job, made)).orElse(made);
  }

  /** What is stored of a row. */
  private StructType row() {
    spec.sequenceBy()
        .ifPresent(name -> Columns.named(job, batch.columns(), List.of(name), "write.sequence-by"));
    List<StructField> stored = new ArrayList<>();
    for (StructField field : batch.columns().fields()) {
      boolean onlyTells =
          field.name().startsWith("_")
              && batch.interval().filter(column -> column.name().equals(field.name())).isPresent();
      if (!onlyTells) {
        stored.add(field);
      }
    }
    return new StructType(stored.toArray(new StructField[0]));
  }

  private List<String> partitionBy() {
    return job.shape().partitionBy().stream()
        .flatMap(name -> TableShape.find(row, name).stream())
        .map(StructField::name)
        .toList();
  }

  @Override
  public Map<Interval, Long> counts() {
    return batch.counts();
  }

  @Override
  public Dataset<Row> rows() {
    return batch.parquet().rows();
  }

  @Override
  public void close() {
    batch.parquet().remove();
  }

  @Override
  public long publish(Receipt receipt) {
    SparkSession.setActiveSession(session.spark());
    KeyedPublish publish = new KeyedPublish(session, write);
    if (!spec.isOrdered()) {
      return old.isEmpty()
          ? publish.replace(shape, newest(), receipt)
          : publish.merge(
              old.get(),
              shape,
              newest(),
              Optional.empty(),
              match(),
              Optional.of(isNewer()),
              false,
              receipt);
    }
    OptionalLong before = old.isEmpty() ? OptionalLong.empty() : takenBack();
    if (old.isEmpty()) {
      return publish.replace(shape, folded(stored(before), false), receipt);
    }
    if (!before.equals(write.base())) {
      return takeBack(publish, before, receipt);
    }
    return publish.merge(
        old.get(),
        shape,
        folded(touched(stored(before)), true),
        Optional.of(ChangeFold.GONE),
        match(),
        Optional.empty(),
        true,
        receipt);
  }

  @SuppressWarnings("CatchingUnchecked") // Scala throws Delta's checked exceptions undeclared
  private long takeBack(KeyedPublish publish, OptionalLong before, Receipt receipt) {
    try {
      return publish.replace(shape, folded(stored(before), false), receipt);
    } catch (Exception e) {
      if (isLost(e)) {
        TableException gone =
            CommitLog.gone(
                job,
                write.intervals().get(0),
                "version %d of the table was vacuumed".formatted(before.orElse(-1)));
        gone.initCause(e);
        throw gone;
      }
      throw e;
    }
  }

  private static boolean isLost(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileNotFoundException
          || cause.getClass().getSimpleName().equals("VersionNotFoundException")) {
        return true;
      }
    }
    return false;
  }

  private OptionalLong takenBack() {
    return CommitLog.of(session.spark(), write.path())
        .before(job, write.base().getAsLong(), write.intervals().get(0));
  }

  /** Of a key that lies in its interval's partition, no other partition need be looked at. */
  private Column match() {
    Column match = KeyedPublish.match(List.of(batch.key().fieldNames()));
    Optional<IntervalColumn> column =
        batch.interval().filter(known -> TableShape.find(batch.key(), known.name()).isPresent());
    return column.isEmpty() ? match : match.and(column.get().in("t").within(write.span()));
  }

  private Dataset<Row> newest() {
    Column greatest = struct(rank(""));
    return batch
        .parquet()
        .rows()
        .groupBy(Columns.columns(batch.key()))
        .agg(max_by(Columns.struct(row), greatest).as(ChangeFold.ROW))
        .select(ChangeFold.ROW + ".*");
  }

  private Column isNewer() {
    return struct(rank("t.")).lt(struct(rank("s.")));
  }

  private Column[] rank(String prefix) {
    List<Column> rank = new ArrayList<>();
    spec.sequenceBy().ifPresent(name -> rank.add(col(prefix + Columns.quoted(name))));
    batch
        .interval()
        .filter(column -> TableShape.find(row, column.name()).isPresent())
        .ifPresent(column -> rank.add(col(prefix + Columns.quoted(column.name()))));
    rank.add(RowHash.of(prefix, List.of(row.fields())));
    return rank.toArray(new Column[0]);
  }

  private Dataset<Row> stored(OptionalLong version) {
    if (version.isEmpty()) {
      return session.spark().createDataFrame(List.of(), row);
    }
    Dataset<Row> table =
        session
            .reading()
            .read(
                session.spark(),
                new TableRead(
                    write.path(),
                    version.getAsLong(),
                    Optional.empty(),
                    Optional.empty(),
                    ZoneOffset.UTC));
    List<Column> columns = new ArrayList<>();
    for (StructField field : row.fields()) {
      columns.add(
          TableShape.find(table.schema(), field.name()).isPresent()
              ? Columns.column(field.name()).as(field.name())
              : lit(null).cast(field.dataType()).as(field.name()));
    }
    return table.select(columns.toArray(new Column[0]));
  }

  private Dataset<Row> touched(Dataset<Row> table) {
    Dataset<Row> keys =
        batch.parquet().rows().select(Columns.columns(batch.key())).distinct().alias("s");
    return table
        .alias("t")
        .join(keys, KeyedPublish.match(List.of(batch.key().fieldNames())), "left_semi");
  }

  private Dataset<Row> folded(Dataset<Row> table, boolean onlyChanged) {
    StructType key = batch.key();
    Column[] changeColumns = columnsWith(key, changeColumns());
    Dataset<Row> changes = batch.rows(ChangeFold.START).select(changeColumns);
    Dataset<Row> states =
        table.select(columnsWith(key, List.of(Columns.struct(row).as(ChangeFold.ROW))));
    int sequence = spec.sequenceBy().map(name -> indexOf(name)).orElse(-1);
    return changes
        .groupBy(Columns.columns(key))
        .<Row, Row>as(Encoders.row(key), Encoders.row(changes.schema()))
        .cogroup(
            states
                .groupBy(Columns.columns(key))
                .<Row, Row>as(Encoders.row(key), Encoders.row(states.schema())),
            new ChangeFold(key.length(), new KeyState(sequence, spec.keepNulls()), onlyChanged),
            Encoders.row(ChangeFold.result(row)))
        .select(ChangeFold.ROW + ".*", ChangeFold.GONE);
  }

  private List<Column> changeColumns() {
    return List.of(
        Moments.number(ChangeFold.START, DataTypes.TimestampNTZType).as(ChangeFold.START),
        RowHash.of("", List.of(batch.columns().fields())).as(ChangeFold.TIE),
        coalesce(expr(spec.deleteWhen().orElse("false")), lit(false)).as(ChangeFold.DELETES),
        Columns.struct(row).as(ChangeFold.ROW));
  }

  private static Column[] columnsWith(StructType key, List<Column> others) {
    List<Column> columns = new ArrayList<>(List.of(Columns.columns(key)));
    columns.addAll(others);
    return columns.toArray(new Column[0]);
  }

  private int indexOf(String name) {
    for (int i = 0; i < row.length(); i++) {
      if (row.apply(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    throw TableShape.refused(
        job, "column %s orders the rows, so it must be stored: name it without _".formatted(name));
  }
}
