package io.sluice.table;

import io.sluice.deltalog.Receipt;
import io.sluice.lake.Job;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.time.ZoneOffset;
import java.util.ConcurrentModificationException;
import java.util.OptionalLong;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** One way of giving a table its past back. */
interface Restoring {

  /** Commits it, and gives the version. */
  long publish(Receipt receipt);

  /** Throws where somebody has committed since the table was looked at. */
  static void refuseLater(TableRestore restore, OptionalLong now) {
    if (now.orElse(-1) != restore.base()) {
      throw new ConcurrentModificationException(
          "%s is at version %s, but was looked at at version %d: somebody else has written to it meanwhile; look again and repeat"
              .formatted(
                  restore.job().name(),
                  now.isPresent() ? now.getAsLong() : "none",
                  restore.base()));
    }
  }

  /** The column by whose partitions the intervals of the table are told apart. */
  static IntervalColumn column(TableRestore restore, TableShape table) {
    Job job = restore.job();
    StructField field =
        job.shape()
            .intervalBy()
            .flatMap(name -> TableShape.find(table.columns(), name))
            .filter(found -> table.partitionBy().contains(found.name()))
            .orElseThrow(
                () ->
                    TableShape.refused(
                        job,
                        "the table is partitioned by %s, so intervals can't be put back by themselves; make them again: sluice backfill"
                            .formatted(table.partitionBy())));
    return new IntervalColumn(
        field.name(),
        field.dataType(),
        job.every().isUtc() ? ZoneOffset.UTC : restore.time().zone());
  }

  static boolean contains(IntervalSet intervals, IntervalColumn column, String value) {
    var moment = column.parse(value);
    return intervals.overlaps(new Interval(moment, moment.plusNanos(1)));
  }

  /** Whether rows of older columns can be read as those of the newer: none is gone or other. */
  static boolean fits(StructType older, StructType newer) {
    for (StructField field : older.fields()) {
      if (TableShape.find(newer, field.name())
          .filter(now -> now.dataType().equals(field.dataType()))
          .isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
