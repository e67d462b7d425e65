package io.sluice.task;

import java.util.regex.Pattern;

/** What a person can do about a failure, to be said after what went wrong. */
public final class Advice {
  static final String NO_ROOM = "No space left on device";
  static final String SPARKS_LOG = "; its log tells why";
  private static final Pattern NO_WRITING =
      Pattern.compile("Mkdirs failed to create|Read-only file system");
  private static final Pattern NO_RIGHTS =
      Pattern.compile(
          "AccessDenied|AccessControlException|\\(Permission denied\\)|Status Code: 40[13]\\b");

  private Advice() {}

  /** Begins with a semicolon; empty where nobody knows. */
  public static String on(Throwable failure) {
    String all =
        String.join("\n", Sign.chain(failure).stream().map(c -> String.valueOf(c)).toList());
    if (all.contains("CAST_INVALID_INPUT") || all.contains("CANNOT_PARSE")) {
      return "; use try_cast and an `expect` rule to send such rows to quarantine";
    }
    if (all.contains("DIVIDE_BY_ZERO")) {
      return "; use try_divide, or NULLIF on the divisor";
    }
    if (all.contains("ARITHMETIC_OVERFLOW") || all.contains("NUMERIC_VALUE_OUT_OF_RANGE")) {
      return "; use a wider type";
    }
    if (all.contains("DELTA_VERSIONS_NOT_CONTIGUOUS") || all.contains("DELTA_LOG_FILE_NOT_FOUND")) {
      return "; the log of a table lacks a file: put it back from a copy, or move the table's folder away and make it again by `sluice backfill`";
    }
    if (all.contains(NO_ROOM)) {
      return "; make room there";
    }
    if (NO_WRITING.matcher(all).find()) {
      return "; nothing can be written there: the disk is read-only, full or another's. Make it writable";
    }
    if (NO_RIGHTS.matcher(all).find()) {
      return "; check the rights and keys that Sluice runs with";
    }
    if (FailureClassifier.isEnd(failure)) {
      return SPARKS_LOG;
    }
    return switch (FailureClassifier.classify(failure)) {
      case RESOURCE -> "; use a smaller `batch`, or more memory";
      case TRANSIENT -> "; it may pass by itself";
      default -> "";
    };
  }
}
