package io.sluice.source.weblog;

import io.sluice.lake.logs.LogForm;

/**
 * Values of a form, for the columns that they fill.
 *
 * @param zone of times that say none
 */
record FormValues(LogColumns columns, String zone) {

  LogValue of(LogForm.Piece piece) {
    return switch (piece.item()) {
      case TEXT -> LogValue.text(columns.of(piece.detail()));
      case REQUEST ->
          new Request(
              columns.of("method"),
              columns.of("path"),
              columns.of("query"),
              columns.of("protocol"));
      case TARGET -> LogValue.target(columns.of("path"), columns.of("query"));
      case STATUS -> LogValue.number(columns.of("status"), "status", true);
      case BYTES -> LogValue.number(columns.of("bytes"), "bytes", false);
      case BYTES_OR_HYPHEN -> LogValue.bytes(columns.of("bytes"));
      case COMMON_TIME -> time(LogTime.COMMON);
      case ISO_TIME -> time(new LogTime.Iso(zone));
      case EPOCH_TIME -> time(new LogTime.Epoch());
      case WRITTEN_TIME -> time(new LogTime.Written(piece.detail(), zone));
    };
  }

  private LogValue time(LogTime form) {
    return LogValue.time(columns.of("time"), form);
  }
}
