package io.sluice.survey;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.ReceiptJson;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Tables of which each version is known, with Delta logs as Delta would write them. */
final class SimulatedTables {

  /**
   * What a table holds of an interval.
   *
   * @param content stands for its rows: other inputs, other content
   * @param lagging by whole input that is not followed: what it lacked
   */
  record Cell(String content, Map<TableName, List<Interval>> lagging, boolean isForeign) {}

  private final Lake lake;
  private final Clock clock;
  private final Map<TableName, List<NavigableMap<Interval, Cell>>> versions = new HashMap<>();

  SimulatedTables(Lake lake, Clock clock) {
    this.lake = lake;
    this.clock = clock;
  }

  synchronized long version(TableName table) {
    return versions.getOrDefault(table, List.of()).size() - 1;
  }

  synchronized NavigableMap<Interval, Cell> at(TableName table, long version) {
    return version < 0
        ? new TreeMap<>()
        : versions.getOrDefault(table, List.of()).get((int) version);
  }

  NavigableMap<Interval, Cell> now(TableName table) {
    return at(table, version(table));
  }

  synchronized long commit(
      TableName table,
      Map<Interval, Cell> cells,
      Optional<Interval> from,
      Optional<Receipt> receipt) {
    return commit(table, cells, from, receipt, List.of());
  }

  /**
   * Replaces the intervals, after taking away all from {@code from} on where that is given.
   *
   * @param same intervals of which the log says nothing, because their rows are as before
   */
  synchronized long commit(
      TableName table,
      Map<Interval, Cell> cells,
      Optional<Interval> from,
      Optional<Receipt> receipt,
      Collection<Interval> same) {
    NavigableMap<Interval, Cell> next = new TreeMap<>(now(table));
    from.ifPresent(first -> next.tailMap(first, true).clear());
    next.putAll(cells);
    List<NavigableMap<Interval, Cell>> all =
        versions.computeIfAbsent(table, any -> new ArrayList<>());
    all.add(next);
    List<Interval> touched =
        cells.keySet().stream().filter(interval -> !same.contains(interval)).toList();
    write(table, all.size() - 1, touched, receipt);
    return all.size() - 1;
  }

  /** Takes the commits up to a version out of the log. */
  void forget(TableName table, long upTo) {
    try {
      for (long version = 0; version <= upTo; version++) {
        Files.deleteIfExists(log(table).resolve("%020d.json".formatted(version)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log(TableName table) {
    return Path.of(lake.path(table)).resolve("_delta_log");
  }

  private void write(
      TableName table, long version, Collection<Interval> touched, Optional<Receipt> receipt) {
    Job job = lake.job(table);
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setRootValueSeparator(null);
      json.writeStartObject();
      json.writeObjectFieldStart("commitInfo");
      json.writeNumberField("timestamp", clock.millis());
      json.writeStringField("operation", receipt.isPresent() ? "WRITE" : "DELETE");
      if (receipt.isPresent()) {
        json.writeStringField("userMetadata", ReceiptJson.write(receipt.get()));
      }
      json.writeEndObject();
      json.writeEndObject();
      for (Interval interval : touched) {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeObjectFieldStart("add");
        json.writeObjectFieldStart("partitionValues");
        if (job.shape().isPartitionedByInterval() && job.every() != Cadence.NONE) {
          json.writeStringField("day", interval.from().toLocalDate().toString());
        }
        json.writeEndObject();
        json.writeBooleanField("dataChange", true);
        json.writeEndObject();
        json.writeEndObject();
      }
      json.flush();
      Path log = log(table);
      Files.createDirectories(log);
      Files.writeString(log.resolve("%020d.json".formatted(version)), text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
