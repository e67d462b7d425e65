package io.sluice.source.records;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Reads slices, one after the other. Runs on an executor. */
final class RecordReader implements PartitionReader<InternalRow> {

  private final RecordFormat format;
  private final boolean keepsText;
  private final List<Slice> slices;
  private final Configuration storage;
  private final int width;
  private final int known;
  private int opened;
  private @Nullable SliceText text;
  private @Nullable InternalRow row;

  RecordReader(RecordFormat format, boolean keepsText, List<Slice> slices, Configuration storage) {
    this.format = format;
    this.keepsText = keepsText;
    this.slices = slices;
    this.storage = storage;
    this.known = format.columns().size();
    this.width = RecordScan.of(format, keepsText, List.of()).columns().size();
  }

  @Override
  public boolean next() throws IOException {
    while (true) {
      SliceText open = text;
      if (open == null) {
        if (opened == slices.size()) {
          return false;
        }
        open = SliceText.open(format, slices.get(opened++), storage);
        text = open;
      }
      while (open.next()) {
        Optional<InternalRow> read = row(open);
        if (read.isPresent()) {
          row = read.get();
          return true;
        }
      }
      open.close();
      text = null;
    }
  }

  /** Empty where the record holds none. */
  private Optional<InternalRow> row(SliceText open) throws IOException {
    @Nullable Object[] values = new @Nullable Object[width];
    Parsed parsed = open.parse(values);
    if (parsed instanceof Parsed.Nothing) {
      return Optional.empty();
    }
    if (parsed instanceof Parsed.Fault fault) {
      for (int i = 0; i < known; i++) {
        values[i] = null;
      }
      values[known + 3] = UTF8String.fromString(open.place() + ": " + fault.why());
    }
    values[known] = open.source();
    values[known + 1] = open.receivedAt();
    values[known + 2] = open.interval();
    if (keepsText || values[known + 3] != null) {
      values[known + 4] = open.shown();
    }
    values[known + 5] = open.quickPlace();
    return Optional.of(new GenericInternalRow(values));
  }

  @Override
  public InternalRow get() {
    if (row == null) {
      throw new IllegalStateException("no record yet");
    }
    return row;
  }

  @Override
  public void close() throws IOException {
    if (text != null) {
      text.close();
      text = null;
    }
  }
}
