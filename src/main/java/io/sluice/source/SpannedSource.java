package io.sluice.source;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.SourceException;
import io.sluice.api.SourceRows;
import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A feed that changed its form: each interval has the source that was in use then. */
record SpannedSource(List<Part> parts) implements Source {

  /** A source and the time that it is for. */
  record Part(Interval span, Source source) {
    boolean isFor(Interval interval) {
      return interval.isAlways() || span.contains(interval.from());
    }
  }

  SpannedSource {
    parts = List.copyOf(parts);
  }

  @Override
  public Map<Interval, Look> look(List<Interval> intervals, KnownItems known) {
    Map<Interval, Look> looks = new LinkedHashMap<>();
    // In the order asked for, whatever the order of the parts.
    intervals.forEach(
        interval ->
            looks.put(
                interval, new Look(Look.Presence.EMPTY, List.of(), "no source is for this time")));
    for (Part part : parts) {
      List<Interval> own = intervals.stream().filter(part::isFor).toList();
      if (!own.isEmpty()) {
        looks.putAll(part.source().look(own, known));
      }
    }
    return looks;
  }

  @Override
  public boolean seesAllAtOnce() {
    return parts.stream().allMatch(part -> part.source().seesAllAtOnce());
  }

  @Override
  public boolean itemsSayWhen() {
    return parts.stream().allMatch(part -> part.source().itemsSayWhen());
  }

  @Override
  public Optional<SourceException> explain(Throwable failure, Map<Interval, Look> looks) {
    return parts.stream()
        .filter(part -> looks.keySet().stream().anyMatch(part::isFor))
        .flatMap(part -> part.source().explain(failure, own(part, looks)).stream())
        .findFirst();
  }

  @Override
  public SourceRows read(SparkSession spark, Map<Interval, Look> looks) {
    return read(spark, looks, new StructType());
  }

  @Override
  public SourceRows read(SparkSession spark, Map<Interval, Look> looks, StructType table) {
    Dataset<Row> all = null;
    List<SourceRows.Header> headers = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    for (Part part : parts) {
      Map<Interval, Look> own = own(part, looks);
      if (!own.isEmpty()) {
        SourceRows received = part.source().read(spark, own, table);
        Dataset<Row> rows = received.rows();
        headers.addAll(received.headers());
        asked.add(received.asked());
        if (all != null) {
          refuseOtherTypes(all.schema(), rows.schema());
        }
        all = all == null ? rows : all.unionByName(rows, true);
      }
    }
    return all == null
        ? parts.get(0).source().read(spark, Map.of(), table)
        : new SourceRows(
            all,
            headers,
            asked.stream().filter(one -> !one.isEmpty()).collect(Collectors.joining("; ")));
  }

  /** One type for both would round what one of them sent; each by itself is as it is. */
  private static void refuseOtherTypes(StructType before, StructType after) {
    for (StructField field : after.fields()) {
      for (StructField known : before.fields()) {
        if (known.name().equalsIgnoreCase(field.name())
            && !known.dataType().sameType(field.dataType())) {
          throw SourceException.definite(
              "column %s is %s of one source and %s of the next: declare its type in the columns of both"
                  .formatted(field.name(), known.dataType().sql(), field.dataType().sql()),
              List.of(),
              null);
        }
      }
    }
  }

  private static Map<Interval, Look> own(Part part, Map<Interval, Look> looks) {
    Map<Interval, Look> own = new LinkedHashMap<>();
    looks.forEach(
        (interval, look) -> {
          if (part.isFor(interval)) {
            own.put(interval, look);
          }
        });
    return own;
  }
}
