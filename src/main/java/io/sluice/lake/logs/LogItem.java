package io.sluice.lake.logs;

import java.util.List;

/** What a value in a line of a log is. */
public enum LogItem {
  /** Of a column of its own. */
  TEXT,
  REQUEST("method", "path", "query", "protocol"),
  /** A path with its query. */
  TARGET("path", "query"),
  STATUS("status"),
  BYTES("bytes"),
  /** A hyphen where no bytes were sent. */
  BYTES_OR_HYPHEN("bytes"),
  /** {@code 17/May/2015:10:05:03 +0000}. */
  COMMON_TIME("time"),
  ISO_TIME("time"),
  /** Since 1970. */
  EPOCH_TIME("time"),
  /** By a pattern of its own. */
  WRITTEN_TIME("time");

  @SuppressWarnings("ImmutableEnumChecker") // List.of is as it was made.
  private final List<String> columns;

  LogItem(String... columns) {
    this.columns = List.of(columns);
  }

  /** The columns that it fills, whatever the format. */
  List<String> columns() {
    return columns;
  }
}
