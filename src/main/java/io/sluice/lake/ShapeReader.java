package io.sluice.lake;

import io.sluice.config.Section;
import io.sluice.time.Cadence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads how rows lie in the table, and holds it against the way of writing. */
record ShapeReader(Section section, Cadence every) {
  private static final List<String> NOT_FOR_VIEWS =
      List.of(
          "every",
          "start",
          "end",
          "delay",
          "interval-by",
          "partition-by",
          "expect",
          "limit",
          "require",
          "batch",
          "retry",
          "timeout",
          "spark");
  private static final List<String> NOT_FOR_EXTERNAL =
      List.of(
          "write",
          "expect",
          "limit",
          "require",
          "batch",
          "retry",
          "timeout",
          "spark",
          "inputs",
          "params",
          "partition-by");

  /** The way of writing: what the definition says, or what fits the cadence. */
  WriteSpec write(Optional<WriteSpec> written, boolean external) {
    boolean timeless = every == Cadence.NONE;
    WriteSpec write =
        written.orElseGet(() -> timeless ? new WriteSpec.Overwrite() : new WriteSpec.Replace());
    if (external) {
      refuse(NOT_FOR_EXTERNAL, "others make this table; leave %s out");
    } else if (write instanceof WriteSpec.View) {
      refuse(NOT_FOR_VIEWS, "a view is not stored, its readers say such things; leave %s out");
    } else if (timeless) {
      refuse(
          List.of("start", "end", "delay", "interval-by"),
          "the whole table is one interval; leave %s out, or write every = day");
    }
    if (write instanceof WriteSpec.Overwrite && !timeless) {
      section.wrong(
          "write.mode",
          "overwrite makes the whole table at once, not by the %s; leave every out, or write mode = replace"
              .formatted(every.word()));
    }
    if (write instanceof WriteSpec.Scd2 && timeless) {
      section.wrong(
          "write.mode", "scd2 needs intervals, to know when a version began; write every = day");
    }
    return timeless && write instanceof WriteSpec.Replace ? new WriteSpec.Overwrite() : write;
  }

  Shape read(WriteSpec write, Optional<Making> making) {
    List<String> partitionBy = new ArrayList<>(Names.columns(section, "partition-by"));
    Optional<String> written = Names.column(section, "interval-by");
    boolean external = making.filter(Making.External.class::isInstance).isPresent();
    if (external) {
      section
          .section("external")
          .ifPresent(block -> partitionBy.addAll(Names.columns(block, "partition-by")));
    }
    if (every == Cadence.NONE || write instanceof WriteSpec.View) {
      return new Shape(partitionBy, Optional.empty());
    }
    boolean source = making.isEmpty() && section.has("source");
    boolean keyed = write instanceof WriteSpec.Merge || write instanceof WriteSpec.Scd2;
    if (source && partitionBy.isEmpty() && written.isEmpty()) {
      // The engine fills it: it is the start of the interval that the row came with.
      return keyed
          ? new Shape(List.of(), Optional.of("_" + every.word()))
          : new Shape(List.of(every.word()), Optional.of(every.word()));
    }
    Optional<String> intervalBy = written.or(() -> partitionBy.stream().findFirst());
    boolean made = source || making.isPresent();
    if (made
        && intervalBy.isEmpty()
        && !section.hasLike("interval-by")
        && !section.hasLike("partition-by")) {
      section.wrong(
          keyed ? "interval-by" : external ? "external.partition-by" : "partition-by",
          "missing: nothing says which %s a row belongs to; write %s = <a column of dates>, or every = none for a table without time"
              .formatted(every.word(), keyed ? "interval-by" : "partition-by"));
    }
    Shape shape = new Shape(partitionBy, intervalBy);
    if (write instanceof WriteSpec.Merge merge) {
      checkKey(
          merge.key(), shape.isPartitionedByInterval() ? intervalBy.stream().toList() : List.of());
    }
    if (write instanceof WriteSpec.Scd2 scd2) {
      checkKey(scd2.key(), partitionBy);
    }
    return shape;
  }

  private void checkKey(List<String> key, List<String> columns) {
    for (String column : columns) {
      if (!key.isEmpty() && !key.contains(column)) {
        section.wrong(
            "partition-by",
            "%s is not in the key, so a key could move to another partition; add it to write.key, or write interval-by = %s instead"
                .formatted(column, column));
      }
    }
  }

  private void refuse(List<String> keys, String message) {
    keys.forEach(key -> section.refuse(key, message.formatted(key)));
  }
}
