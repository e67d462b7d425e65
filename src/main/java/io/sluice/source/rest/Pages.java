package io.sluice.source.rest;

import io.sluice.api.Look;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.source.landing.FileScan;
import io.sluice.source.landing.ItemIntervals;
import io.sluice.source.records.Came;
import io.sluice.source.records.RecordFiles;
import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Pages that were received, and their records as rows. */
final class Pages {
  private final Map<String, Interval> homes = new HashMap<>();
  private final Map<String, Came> came = new HashMap<>();
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
        came.put(path, new Came(request + "#page=" + page.step().number(), page.received()));
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
            item -> Objects.requireNonNull(came.get(item.id())));
  }
}
