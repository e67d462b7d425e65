package io.sluice.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.SourceException;
import io.sluice.api.SourceRows;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class SpannedSourceTest {

  /** Says of each failure that it is its own, and what it was asked to read. */
  private record Blamed(String name) implements Source {
    @Override
    public Map<Interval, Look> look(List<Interval> intervals, KnownItems known) {
      Map<Interval, Look> looks = new LinkedHashMap<>();
      intervals.forEach(interval -> looks.put(interval, Look.present(List.of())));
      return looks;
    }

    @Override
    public SourceRows read(SparkSession spark, Map<Interval, Look> looks) {
      throw new UnsupportedOperationException("nothing is read here");
    }

    @Override
    public Optional<SourceException> explain(Throwable failure, Map<Interval, Look> looks) {
      return Optional.of(
          SourceException.definite(
              name + ": " + looks.size(), List.copyOf(looks.keySet()), failure));
    }
  }

  private static Interval day(String date) {
    return Cadence.DAY.at(LocalDate.parse(date).atStartOfDay());
  }

  @Test
  void aFailureIsExplainedByThePartThatWasRead() {
    Source source =
        new SpannedSource(
            List.of(
                new SpannedSource.Part(
                    day("2011-01-01").span(day("2011-01-02")), new Blamed("old")),
                new SpannedSource.Part(
                    day("2011-01-03").span(day("2011-01-09")), new Blamed("new"))));
    assertEquals("new: 1", told(source, "2011-01-03"));
    assertEquals("old: 2", told(source, "2011-01-01", "2011-01-02", "2011-01-03"));
    assertEquals("nobody", told(source, "2011-02-01"));
  }

  private static String told(Source source, String... days) {
    List<Interval> intervals = List.of(days).stream().map(SpannedSourceTest::day).toList();
    Map<Interval, Look> looks = source.look(intervals, Source.KnownItems.NONE);
    return source
        .explain(new IllegalStateException(), looks)
        .map(told -> String.valueOf(told.getMessage()))
        .orElse("nobody");
  }
}
