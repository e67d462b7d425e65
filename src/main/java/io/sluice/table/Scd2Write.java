package io.sluice.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.sluice.deltalog.Receipt;
import io.sluice.lake.Job;
import io.sluice.lake.WriteSpec;
import io.sluice.time.Interval;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows that open, change and close the versions of their keys. */
final class Scd2Write implements StagedRows {
  private static final String START = "_start";

  private final DeltaSession session;
  private final SparkSession spark;
  private final TableWrite write;
  private final Job job;
  private final WriteSpec.Scd2 spec;
  private final KeyedBatch batch;
  private final StructType values;
  private final DataType timeType;
  private final DataType intervalType;
  private final Optional<TableShape> old;
  private final TableShape shape;

  static StagedRows stage(
      DeltaSession session,
      TableWrite write,
      WriteSpec.Scd2 spec,
      Optional<TableShape> old,
      Dataset<Row> rows) {
    KeyedBatch batch = KeyedBatch.stage(session.spark(), write, rows, spec.key());
    try {
      Scd2Write staged = new Scd2Write(session, write, spec, old, batch);
      staged.check();
      return staged;
    } catch (RuntimeException e) {
      batch.parquet().remove();
      throw e;
    }
  }

  private Scd2Write(
      DeltaSession session,
      TableWrite write,
      WriteSpec.Scd2 spec,
      Optional<TableShape> old,
      KeyedBatch batch) {
    this.session = session;
    this.spark = session.spark();
    this.write = write;
    this.job = write.job();
    this.spec = spec;
    this.old = old;
    this.batch = batch;
    this.values = values();
    this.intervalType = job.every().isUtc() ? DataTypes.TimestampType : DataTypes.DateType;
    this.timeType =
        effective()
            .map(field -> new IntervalColumn(field.name(), field.dataType(), ZoneOffset.UTC).type())
            .orElse(intervalType);
    this.shape = shape();
  }

  /** What is stored of a row beside its key; the interval column only where it is tracked. */
  private StructType values() {
    StructType rest = Columns.without(batch.columns(), batch.key());
    Columns.named(job, batch.columns(), spec.track(), "write.track");
    spec.sequenceBy()
        .ifPresent(name -> Columns.named(job, batch.columns(), List.of(name), "write.sequence-by"));
    List<StructField> stored = new ArrayList<>();
    for (StructField field : rest.fields()) {
      boolean tellsInterval =
          batch.interval().filter(column -> column.name().equals(field.name())).isPresent();
      if (!tellsInterval || names(spec.track(), field)) {
        stored.add(field);
      }
    }
    // In the table's order, so that what is kept of the past only grows at its end.
    old.ifPresent(table -> stored.sort(Comparator.comparingInt(field -> place(table, field))));
    return new StructType(stored.toArray(new StructField[0]));
  }

  private static int place(TableShape table, StructField field) {
    return TableShape.find(table.columns(), field.name())
        .map(known -> table.columns().fieldIndex(known.name()))
        .orElse(Integer.MAX_VALUE);
  }

  private TableShape shape() {
    TableShape made = new TableShape(columns(), partitionBy());
    return old.map(table -> withPast(withoutPast(table).accept(job, withoutPast(made))))
        .orElse(made);
  }

  private static TableShape withoutPast(TableShape table) {
    StructType past = new StructType().add(Versions.PAST, DataTypes.NullType);
    return new TableShape(Columns.without(table.columns(), past), table.partitionBy());
  }

  private TableShape withPast(TableShape table) {
    return new TableShape(table.columns().add(past()), table.partitionBy());
  }

  private StructField past() {
    return new StructField(
        Versions.PAST, DataTypes.createArrayType(VersionFold.past(values)), true, Metadata.empty());
  }

  private Optional<StructField> effective() {
    return spec.effective()
        .map(
            name -> Columns.named(job, batch.columns(), List.of(name), "write.effective").apply(0));
  }

  private static boolean names(List<String> names, StructField field) {
    return names.stream().anyMatch(field.name()::equalsIgnoreCase);
  }

  /** A version is not opened by the columns that only say when a row is from. */
  private boolean[] tracked() {
    boolean[] tracked = new boolean[values.length()];
    for (int i = 0; i < tracked.length; i++) {
      StructField field = values.apply(i);
      tracked[i] =
          spec.track().isEmpty()
              ? !names(spec.effective().stream().toList(), field)
                  && !names(spec.sequenceBy().stream().toList(), field)
              : names(spec.track(), field);
    }
    return tracked;
  }

  private StructType columns() {
    StructType columns = new StructType().add(surrogate(), DataTypes.LongType);
    for (StructField field : batch.key().fields()) {
      columns = columns.add(field);
    }
    for (StructField field : values.fields()) {
      columns = columns.add(field);
    }
    for (String name : List.of(Versions.FROM, Versions.TO)) {
      columns = columns.add(refuseOwn(columns, name), timeType);
    }
    columns = columns.add(refuseOwn(columns, Versions.CURRENT), DataTypes.BooleanType);
    refuseOwn(columns, Versions.PAST);
    return columns
        .add(refuseOwn(columns, Versions.OPENED), intervalType)
        .add(refuseOwn(columns, Versions.CLOSED), intervalType)
        .add(past());
  }

  private String refuseOwn(StructType columns, String name) {
    if (TableShape.find(columns, name).isPresent()) {
      throw TableShape.refused(
          job, "column %s is one that scd2 adds itself: name yours differently".formatted(name));
    }
    return name;
  }

  private String surrogate() {
    return job.name().table() + "_key";
  }

  private List<String> partitionBy() {
    StructType all = columns();
    return job.shape().partitionBy().stream()
        .flatMap(name -> TableShape.find(all, name).stream())
        .map(StructField::name)
        .toList();
  }

  private void check() {
    if (spec.effective().isPresent()) {
      batch.refuseNull(Columns.column(spec.effective().get()));
    }
    if (spec.sequenceBy().isEmpty()) {
      batch.refuseTies(spec.effective().map(Columns::column), true);
    }
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
    SparkSession.setActiveSession(spark);
    KeyedPublish publish = new KeyedPublish(session, write);
    Dataset<Row> changed = finished(changed());
    return old.isEmpty()
        ? publish.replace(shape, changed, receipt)
        : publish.merge(
            old.get(),
            shape,
            changed,
            Optional.of(VersionFold.GONE),
            KeyedPublish.match(matchColumns()),
            Optional.empty(),
            true,
            receipt);
  }

  private List<String> matchColumns() {
    List<String> columns = new ArrayList<>(List.of(batch.key().fieldNames()));
    columns.add(Versions.FROM);
    return columns;
  }

  /** The versions that are not as they were. */
  private Dataset<Row> changed() {
    StructType key = batch.key();
    Dataset<Row> changes = changes();
    Dataset<Row> versions = versions();
    long first = Moments.number(write.span().from(), intervalType, ZoneOffset.UTC);
    VersionFold fold =
        new VersionFold(key.length(), tracked(), Versions.openEnd(timeType), first, closings());
    return changes
        .groupBy(Columns.columns(key))
        .<Row, Row>as(Encoders.row(key), Encoders.row(changes.schema()))
        .cogroup(
            affected(versions, changes, first)
                .groupBy(Columns.columns(key))
                .<Row, Row>as(Encoders.row(key), Encoders.row(versions.schema())),
            fold,
            Encoders.row(VersionFold.changed(key, values)));
  }

  /** One row of each key, interval and time: the last. */
  private Dataset<Row> changes() {
    Column hash = RowHash.of("", List.of(batch.columns().fields()));
    Column order =
        spec.sequenceBy()
            .map(name -> struct(Columns.column(name), hash))
            .orElseGet(() -> struct(hash));
    Column at =
        effective()
            .map(field -> Moments.number(Columns.quoted(field.name()), timeType))
            .orElseGet(() -> start());
    List<Column> by = new ArrayList<>(List.of(Columns.columns(batch.key())));
    by.add(start().as(VersionFold.INTERVAL));
    by.add(at.as(VersionFold.AT));
    return batch
        .rows(START)
        .groupBy(by.toArray(new Column[0]))
        .agg(max_by(Columns.struct(values), order).as(VersionFold.VALUES));
  }

  /** Number of the start of the row's interval; hours are UTC. */
  private Column start() {
    return intervalType.equals(DataTypes.DateType)
        ? Moments.number("cast(%s AS DATE)".formatted(START), intervalType)
        : Moments.number(START, DataTypes.TimestampNTZType);
  }

  /** The stored versions in the form of the fold, with NULL in columns that they lack. */
  private Dataset<Row> versions() {
    StructType form = VersionFold.versions(batch.key(), values);
    if (old.isEmpty()) {
      return spark.createDataFrame(List.of(), form);
    }
    Dataset<Row> table =
        session
            .reading()
            .read(
                spark,
                new TableRead(
                    write.path(),
                    write.base().getAsLong(),
                    Optional.empty(),
                    Optional.empty(),
                    ZoneOffset.UTC));
    List<Column> columns = new ArrayList<>(List.of(Columns.columns(batch.key())));
    columns.add(Moments.number(Versions.FROM, timeType).as(Versions.FROM));
    columns.add(Moments.number(Versions.TO, timeType).as(Versions.TO));
    columns.add(Moments.number(Versions.OPENED, intervalType).as(Versions.OPENED));
    columns.add(Moments.number(Versions.CLOSED, intervalType).as(Versions.CLOSED));
    columns.add(
        expr("transform(%s, x -> named_struct('interval', x.interval, 'to', x.to, 'closed', x.closed, 'row', %s))"
                .formatted(Versions.PAST, stored("x.row.")))
            .as(Versions.PAST));
    columns.add(expr(stored("")).as(VersionFold.VALUES));
    return table.select(columns.toArray(new Column[0]));
  }

  private String stored(String prefix) {
    List<String> parts = new ArrayList<>();
    for (StructField field : values.fields()) {
      String name = Columns.quoted(field.name());
      boolean known = TableShape.find(old.orElseThrow().columns(), field.name()).isPresent();
      parts.add("'%s'".formatted(field.name()));
      parts.add(known ? prefix + name : "cast(NULL AS %s)".formatted(field.dataType().sql()));
    }
    return "named_struct(%s)".formatted(String.join(", ", parts));
  }

  /** Of the keys that have changes, or something to take back, or may be absent. */
  private Dataset<Row> affected(Dataset<Row> versions, Dataset<Row> changes, long first) {
    Column[] key = Columns.columns(batch.key());
    Column later =
        col(Versions.OPENED)
            .geq(first)
            .or(col(Versions.CLOSED).geq(first))
            .or(expr("exists(%s, x -> x.interval >= %dL)".formatted(Versions.PAST, first)));
    if (spec.closeAbsent()) {
      later = later.or(col(Versions.TO).equalTo(Versions.openEnd(timeType)));
    }
    Dataset<Row> keys =
        changes.select(key).union(versions.where(later).select(key)).distinct().alias("k");
    Column same = lit(true);
    for (String name : batch.key().fieldNames()) {
      same =
          same.and(col("v." + Columns.quoted(name)).eqNullSafe(col("k." + Columns.quoted(name))));
    }
    return versions.alias("v").join(keys, same, "left_semi");
  }

  private TreeMap<Long, Long> closings() {
    TreeMap<Long, Long> closings = new TreeMap<>();
    if (spec.closeAbsent()) {
      ZoneId zone = job.every().isUtc() ? ZoneOffset.UTC : write.time().zone();
      batch
          .counts()
          .forEach(
              (interval, rows) -> {
                if (rows > 0) {
                  closings.put(
                      Moments.number(interval.from(), intervalType, ZoneOffset.UTC),
                      Moments.number(interval.from(), timeType, zone));
                }
              });
    }
    return closings;
  }

  /** In the columns of the table, and whether the version is gone. */
  private Dataset<Row> finished(Dataset<Row> changed) {
    List<StructField> hashed = new ArrayList<>(List.of(batch.key().fields()));
    hashed.add(new StructField(Versions.FROM, timeType, true, Metadata.empty()));
    List<Column> times = new ArrayList<>(List.of(Columns.columns(batch.key())));
    for (StructField field : values.fields()) {
      times.add(col(VersionFold.VALUES + "." + Columns.quoted(field.name())).as(field.name()));
    }
    times.add(Moments.moment(Versions.FROM, timeType).as(Versions.FROM));
    times.add(Moments.moment(Versions.TO, timeType).as(Versions.TO));
    times.add(col(Versions.TO).equalTo(Versions.openEnd(timeType)).as(Versions.CURRENT));
    times.add(Moments.moment(Versions.OPENED, intervalType).as(Versions.OPENED));
    times.add(Moments.moment(Versions.CLOSED, intervalType).as(Versions.CLOSED));
    times.add(col(Versions.PAST));
    times.add(col(VersionFold.GONE));
    return changed
        .select(times.toArray(new Column[0]))
        .withColumn(surrogate(), RowHash.of("", hashed));
  }
}
