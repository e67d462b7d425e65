package io.sluice.source.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.spark.sql.types.StructType;

/** How a text is cut into records, and what a record holds. It is sent to executors. */
public interface RecordFormat extends Serializable {

  StructType columns();

  /**
   * The name of how a file's characters are written.
   *
   * @param head its first bytes; none where they don't matter
   */
  String encoding(byte[] head);

  /** What the places of records are counted by. */
  default String unit() {
    return "line";
  }

  /** Whether reading may begin after any line break of a file, whatever stands before. */
  boolean mayBeginAnywhere();

  /**
   * @param text UTF-8, from the extent's first byte on
   */
  Records open(InputStream text, Extent extent) throws IOException;
}
