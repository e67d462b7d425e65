package io.sluice.source.rest;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.SourceException;
import io.sluice.api.SourceRows;
import io.sluice.lake.SourceSpec;
import io.sluice.source.columns.ColumnsException;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** A JSON API. */
public final class RestSource implements Source {
  private final SourceSpec spec;
  private final Requests requests;
  private final String folder;
  private final Supplier<Optional<Interval>> newestDue;
  private final Clock clock;
  private final Sleeper sleeper;

  /**
   * @param folder where pages are kept as they were received, a folder below for each interval
   * @param newestDue the newest due interval, where nothing else is known
   */
  public RestSource(
      SourceSpec spec,
      SourceSpec.Rest rest,
      Cadence every,
      LakeTime time,
      String folder,
      Supplier<Optional<Interval>> newestDue,
      Clock clock,
      Sleeper sleeper) {
    this.spec = spec;
    this.requests = new Requests(rest, every, time);
    this.folder = folder;
    this.newestDue = newestDue;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  @Override
  public Map<Interval, Look> look(List<Interval> intervals, KnownItems known) {
    if (requests.rest().request().isByInterval()) {
      return Look.ofAny(intervals);
    }
    return Look.ofThePresent(
        intervals,
        known.newest().or(newestDue),
        "%s is only known as it is now; with {from} and {to} in the query, records of the past can be asked for"
            .formatted(requests.rest().request().url()));
  }

  @Override
  public SourceRows read(SparkSession spark, Map<Interval, Look> looks) {
    try {
      DeclaredColumns columns =
          new DeclaredColumns(spec.columns(), Map.of(), spec.origin().toString());
      Pages pages = new Pages();
      fetch(spark, looks, pages);
      return new SourceRows(pages.rows(spark, columns, requests), List.of(), pages.asked());
    } catch (IllegalArgumentException e) {
      throw SourceException.ofAll(spec.origin() + ": source: " + e.getMessage(), e);
    } catch (ColumnsException e) {
      throw SourceException.definite(String.valueOf(e.getMessage()), List.of(), e);
    }
  }

  /** One interval after the other: no API likes to be asked for many things at once. */
  private void fetch(SparkSession spark, Map<Interval, Look> looks, Pages pages) {
    Tries tries = new Tries(clock, sleeper, ThreadLocalRandom.current()::nextDouble);
    Fetch fetch = new Fetch(requests, clock, tries, spec.origin().toString());
    FileSystem files = files(spark);
    looks.entrySet().stream()
        .filter(look -> look.getValue().presence() == Look.Presence.PRESENT)
        .map(Map.Entry::getKey)
        .sorted()
        .forEach(
            interval ->
                pages.add(interval, fetch.all(interval, files, folder(interval)), requests));
  }

  private Path folder(Interval interval) {
    return new Path(folder + "/" + requests.every().name(interval));
  }

  private FileSystem files(SparkSession spark) {
    try {
      return new Path(folder).getFileSystem(spark.sessionState().newHadoopConf());
    } catch (IOException e) {
      throw SourceException.passing(
          "%s: source: received pages can't be kept in %s: %s".formatted(spec.origin(), folder, e),
          List.of(),
          e);
    }
  }

  @Override
  public String toString() {
    return requests.rest().request().url();
  }
}
