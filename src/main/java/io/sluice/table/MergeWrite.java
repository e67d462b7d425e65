package io.sluice.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import io.sluice.deltalog.Receipt;
import io.sluice.lake.Job;
import io.sluice.lake.WriteSpec;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of which the last of a key wins. Where intervals may come in any order, the greatest row
 * does: by {@code sequence-by}, then by the interval that wrote it; of one interval, the row that
 * it made last. Where they come in order, each row is applied to the one before, and what a remade
 * interval and later ones did is first taken back: the rows are applied to the version of the table
 * from before them.
 */
final class MergeWrite implements KeyedWrite {
  private final KeyedTable table;
  private final WriteSpec.Merge spec;
  private final KeyedBatch batch;
  private final StructType row;
  private final MadeIn madeIn;
  private final TableShape shape;

  MergeWrite(KeyedTable table, WriteSpec.Merge spec, KeyedBatch batch) {
    this.table = table;
    this.spec = spec;
    this.batch = batch;
    this.row = row();
    this.madeIn = new MadeIn(job(), batch, row, table.old());
    TableShape made = table.made(madeIn.with(row));
    this.shape = table.old().map(old -> old.accept(job(), made)).orElse(made);
  }

  private Job job() {
    return table.write().job();
  }

  @Override
  public void check() {
    if (spec.sequenceBy().isEmpty()) {
      batch.refuseTies(Optional.empty(), false);
    }
  }

  /** What is stored of a row. */
  private StructType row() {
    spec.sequenceBy()
        .ifPresent(
            name -> Columns.named(job(), batch.columns(), List.of(name), "write.sequence-by"));
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

  @Override
  public Published publish(Receipt receipt) {
    return spec.isOrdered() ? publishInOrder(receipt) : publishNewest(receipt);
  }

  private Published publishNewest(Receipt receipt) {
    KeyedPublish publish = table.publish();
    return table.old().isEmpty()
        ? publish.replace(shape, newest(), receipt)
        : publish.merge(
            table.old().get(),
            shape,
            differing(newest(), table.old().get()),
            Optional.empty(),
            match(),
            Optional.of(isNewer()),
            false,
            receipt);
  }

  private Published publishInOrder(Receipt receipt) {
    KeyedPublish publish = table.publish();
    if (table.old().isEmpty()) {
      return publish.replace(shape, madeIn.unknown(folded(table.empty(row), false)), receipt);
    }
    OptionalLong before = takenBack();
    if (!before.equals(table.write().base())) {
      return takeBack(publish, before, receipt);
    }
    return publish.merge(
        table.old().get(),
        shape,
        madeIn.unknown(folded(touched(stored(before)), true)),
        Optional.of(ChangeFold.GONE),
        match(),
        Optional.empty(),
        true,
        receipt);
  }

  @SuppressWarnings("CatchingUnchecked") // Scala throws Delta's checked exceptions undeclared
  private Published takeBack(KeyedPublish publish, OptionalLong before, Receipt receipt) {
    try {
      return publish.replace(shape, madeIn.unknown(folded(stored(before), false)), receipt);
    } catch (Exception e) {
      if (isLost(e)) {
        TableException gone =
            CommitLog.gone(
                job(),
                table.write().intervals().get(0),
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
    TableWrite write = table.write();
    return CommitLog.of(table.session().spark(), write.path())
        .before(job(), write.base().getAsLong(), write.intervals().get(0));
  }

  /** Of a key that lies in its interval's partition, no other partition need be looked at. */
  private Column match() {
    Column match = KeyedPublish.match(List.of(batch.key().fieldNames()));
    Optional<IntervalColumn> column =
        batch.interval().filter(known -> TableShape.find(batch.key(), known.name()).isPresent());
    return column.isEmpty() ? match : match.and(column.get().in("t").within(table.write().span()));
  }

  /** One row of each key, whichever of the task's files it lies in. */
  private Dataset<Row> newest() {
    List<Column> rank = new ArrayList<>(sequence(""));
    batch.interval().ifPresent(column -> rank.add(Columns.column(column.name())));
    rank.add(RowHash.of("", List.of(row.fields())));
    return madeIn
        .of(batch.rows(ChangeFold.START), ChangeFold.START)
        .groupBy(Columns.columns(batch.key()))
        .agg(
            max_by(Columns.struct(madeIn.with(row)), struct(rank.toArray(new Column[0])))
                .as(ChangeFold.ROW))
        .select(ChangeFold.ROW + ".*");
  }

  /**
   * The rows that the table lacks, or has an older one of: MERGE would write all files anew that
   * have any of the keys. Others' rows only become newer, so what needs no change now needs none
   * later.
   */
  private Dataset<Row> differing(Dataset<Row> rows, TableShape old) {
    if (!old.equals(shape)) {
      return rows;
    }
    List<String> key = List.of(batch.key().fieldNames());
    Column[] known =
        key.stream().map(name -> col("s." + Columns.quoted(name))).toArray(Column[]::new);
    Dataset<Row> same =
        table
            .at(table.write().base().orElseThrow())
            .alias("t")
            .join(rows.alias("s"), match().and(not(coalesce(isNewer(), lit(false)))))
            .select(known);
    return rows.alias("t").join(same.alias("s"), KeyedPublish.match(key), "left_anti");
  }

  /** A row that the same interval makes again is the corrected one. */
  private Column isNewer() {
    Column known = place("t");
    Column made = place("s");
    Column isOther = RowHash.differ("t.", "s.", List.of(row.fields()));
    return known.lt(made).or(known.equalTo(made).and(isOther));
  }

  private Column place(String alias) {
    List<Column> place = new ArrayList<>(sequence(alias + "."));
    place.addAll(madeIn.order(alias));
    return struct(place.toArray(new Column[0]));
  }

  private List<Column> sequence(String prefix) {
    return spec.sequenceBy().map(name -> col(prefix + Columns.quoted(name))).stream().toList();
  }

  private Dataset<Row> stored(OptionalLong version) {
    if (version.isEmpty()) {
      return table.empty(row);
    }
    Dataset<Row> rows = table.at(version.getAsLong());
    List<Column> columns = new ArrayList<>();
    for (StructField field : row.fields()) {
      columns.add(
          TableShape.find(rows.schema(), field.name()).isPresent()
              ? Columns.column(field.name()).as(field.name())
              : lit(null).cast(field.dataType()).as(field.name()));
    }
    return rows.select(columns.toArray(new Column[0]));
  }

  private Dataset<Row> touched(Dataset<Row> rows) {
    Dataset<Row> keys =
        batch.parquet().rows().select(Columns.columns(batch.key())).distinct().alias("s");
    return rows.alias("t")
        .join(keys, KeyedPublish.match(List.of(batch.key().fieldNames())), "left_semi");
  }

  private Dataset<Row> folded(Dataset<Row> before, boolean onlyChanged) {
    StructType key = batch.key();
    Column[] changeColumns = columnsWith(key, changeColumns());
    Dataset<Row> changes = batch.rows(ChangeFold.START).select(changeColumns);
    Dataset<Row> states =
        before.select(columnsWith(key, List.of(Columns.struct(row).as(ChangeFold.ROW))));
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
        job(),
        "column %s orders the rows, so it must be stored: name it without _".formatted(name));
  }
}
