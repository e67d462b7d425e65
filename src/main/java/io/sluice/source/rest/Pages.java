package io.sluice.source.rest;

import static org.apache.spark.sql.functions.udf;

import io.sluice.api.Look;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.source.landing.ByPath;
import io.sluice.source.landing.FileScan;
import io.sluice.source.landing.ItemIntervals;
import io.sluice.source.records.RecordFiles;
import io.sluice.time.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** Pages that were received, and their records as rows. */
final class Pages {
  private final Map<String, Interval> homes = new HashMap<>();
  private final HashMap<String, String> sources = new HashMap<>();
  private final HashMap<String, Instant> received = new HashMap<>();
  private final List<Look.Item> items = new ArrayList<>();
  private final TreeSet<String> fields = new TreeSet<>();
  private final List<String> asked = new ArrayList<>();

  void add(Interval interval, Received pages, Requests requests) {
    String request = requests.shown(interval);
    asked.add(
        "%s (pages: %d, bytes: %d, kept in %s)"
            .formatted(
                request,
                pages.pages().size(),
                pages.pages().stream().mapToLong(PageFacts::bytes).sum(),
                pages.folder().getName()));
    for (PageFacts page : pages.pages()) {
      if (page.records() > 0) {
        String path = pages.file(page).toString();
        homes.put(path, interval);
        // The same whenever it is asked for, which the folder of the page is not.
        sources.put(path, request + "#page=" + page.step().number());
        received.put(path, page.received());
        items.add(new Look.Item(path, page.sha256(), page.bytes()));
        fields.addAll(page.fields());
      }
    }
  }

  /** What was asked for, and how much came. */
  String asked() {
    return String.join("; ", asked);
  }

  Dataset<Row> rows(SparkSession spark, DeclaredColumns columns, Requests requests) {
    if (items.isEmpty()) {
      return columns.none(spark);
    }
    PageFormat format =
        new PageFormat(new ArrayList<>(requests.rest().records()), new ArrayList<>(fields));
    FileScan scan = new FileScan(spark, Map.of(), new ItemIntervals(homes), columns);
    return new RecordFiles(format)
        .rows(
            scan,
            items,
            requests.rest().request().url(),
            path -> udf(new ByPath<>(sources), DataTypes.StringType).apply(path),
            path -> udf(new ByPath<>(received), DataTypes.TimestampType).apply(path));
  }
}
