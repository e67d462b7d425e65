package io.sluice.source.records;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What is read, and how.
 *
 * @param keepsText whether each row has its text beside it; else only those with a fault
 */
record RecordScan(RecordFormat format, boolean keepsText, ArrayList<ArrayList<Slice>> partitions)
    implements Serializable {

  /** STRING: where the record comes from; the file where nothing better is known. */
  static final String SOURCE = "__source";

  /** TIMESTAMP: when it came; where nothing better is known, when the file was written. */
  static final String RECEIVED_AT = "__received_at";

  /** TIMESTAMP_NTZ: start of the file's interval. */
  static final String INTERVAL = "__interval";

  /** STRING: why a record can't be read, and on which line it is. */
  static final String FAULT = "__fault";

  /** STRING: the record as received. */
  static final String TEXT = "__text";

  /** BIGINT: the record's line; in a later slice -1 less the byte where it begins. */
  static final String PLACE = "__place";

  /** What every record has. */
  static final List<String> BESIDE = List.of(SOURCE, RECEIVED_AT, INTERVAL, FAULT, TEXT, PLACE);

  static RecordScan of(RecordFormat format, boolean keepsText, List<List<Slice>> partitions) {
    ArrayList<ArrayList<Slice>> sent = new ArrayList<>();
    partitions.forEach(slices -> sent.add(new ArrayList<>(slices)));
    return new RecordScan(format, keepsText, sent);
  }

  /** The format's columns, and those that every record has. */
  StructType columns() {
    return format
        .columns()
        .add(SOURCE, DataTypes.StringType)
        .add(RECEIVED_AT, DataTypes.TimestampType)
        .add(INTERVAL, DataTypes.TimestampNTZType)
        .add(FAULT, DataTypes.StringType)
        .add(TEXT, DataTypes.StringType)
        .add(PLACE, DataTypes.LongType);
  }

  /** As an option of Spark's reader, which takes texts alone. */
  String written() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  static RecordScan read(String written) {
    byte[] bytes = Base64.getDecoder().decode(written);
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (RecordScan) in.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
