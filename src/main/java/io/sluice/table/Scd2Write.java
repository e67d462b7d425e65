package io.sluice.table;

import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.sluice.deltalog.Receipt;
import io.sluice.lake.WriteSpec;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows that open, change and close the versions of their keys. */
final class Scd2Write implements KeyedWrite {
  private static final String START = "_start";

  private final KeyedTable table;
  private final WriteSpec.Scd2 spec;
  private final KeyedBatch batch;
  private final Scd2Columns columns;
  private final TableShape shape;

  Scd2Write(KeyedTable table, WriteSpec.Scd2 spec, KeyedBatch batch) {
    this.table = table;
    this.spec = spec;
    this.batch = batch;
    this.columns = Scd2Columns.of(spec, batch, table.old());
    this.shape = columns.shape(table);
  }

  @Override
  public void check() {
    Optional<Column> effective = spec.effective().map(Columns::column);
    effective.ifPresent(batch::refuseNull);
    if (spec.sequenceBy().isEmpty()) {
      batch.refuseTies(effective, true);
    }
  }

  @Override
  public Published publish(Receipt receipt) {
    Scd2Stored stored = new Scd2Stored(table, columns);
    Dataset<Row> changed = stored.rows(changed(stored));
    KeyedPublish publish = table.publish();
    return table.old().isEmpty()
        ? publish.replace(shape, changed, receipt)
        : publish.merge(
            table.old().get(),
            shape,
            changed,
            Optional.of(VersionFold.GONE),
            KeyedPublish.match(columns.identity()),
            Optional.empty(),
            true,
            receipt);
  }

  /** The versions that are not as they were. */
  private Dataset<Row> changed(Scd2Stored stored) {
    StructType key = batch.key();
    Dataset<Row> changes = changes();
    Dataset<Row> versions = stored.versions();
    long first =
        Moments.number(table.write().span().from(), columns.intervalType(), ZoneOffset.UTC);
    VersionFold fold =
        new VersionFold(
            key.length(),
            columns.tracked(),
            Versions.openEnd(columns.timeType()),
            first,
            closings());
    return changes
        .groupBy(Columns.columns(key))
        .<Row, Row>as(Encoders.row(key), Encoders.row(changes.schema()))
        .cogroup(
            stored
                .affected(versions, changes, first)
                .groupBy(Columns.columns(key))
                .<Row, Row>as(Encoders.row(key), Encoders.row(versions.schema())),
            fold,
            Encoders.row(VersionFold.changed(key, columns.values())));
  }

  /** One row of each key, interval and time: the last. */
  private Dataset<Row> changes() {
    Column hash = RowHash.of("", List.of(batch.columns().fields()));
    Column order =
        spec.sequenceBy()
            .map(name -> struct(Columns.column(name), hash))
            .orElseGet(() -> struct(hash));
    Column at =
        spec.effective()
            .map(name -> Moments.number(Columns.quoted(name), columns.timeType()))
            .orElseGet(() -> start());
    List<Column> by = new ArrayList<>(List.of(Columns.columns(batch.key())));
    by.add(start().as(VersionFold.INTERVAL));
    by.add(at.as(VersionFold.AT));
    return batch
        .rows(START)
        .groupBy(by.toArray(new Column[0]))
        .agg(max_by(Columns.struct(columns.values()), order).as(VersionFold.VALUES));
  }

  /** Number of the start of the row's interval; hours are UTC. */
  private Column start() {
    return columns.intervalType().equals(DataTypes.DateType)
        ? Moments.number("cast(%s AS DATE)".formatted(START), DataTypes.DateType)
        : Moments.number(START, DataTypes.TimestampNTZType);
  }

  /** Of each interval that has rows, the moment at which it closes keys that it lacks. */
  private TreeMap<Long, Long> closings() {
    TreeMap<Long, Long> closings = new TreeMap<>();
    if (!spec.closeAbsent()) {
      return closings;
    }
    TableWrite write = table.write();
    ZoneId zone = write.job().every().isUtc() ? ZoneOffset.UTC : write.time().zone();
    batch
        .counts()
        .forEach(
            (interval, rows) -> {
              if (rows > 0) {
                closings.put(
                    Moments.number(interval.from(), columns.intervalType(), ZoneOffset.UTC),
                    Moments.number(interval.from(), columns.timeType(), zone));
              }
            });
    return closings;
  }
}
