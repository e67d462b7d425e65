package io.sluice.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.testing.TestSpark;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.time.LocalDateTime;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalColumnTest {
  private static final SparkSession SPARK = TestSpark.session().newSession();

  @BeforeAll
  static void live() {
    SPARK.conf().set("spark.sql.session.timeZone", "Europe/Berlin");
  }

  @ParameterizedTest
  @CsvSource({
    "DATE '2011-01-05', DATE, DAY, 2011-01-05T00:00",
    "DATE '1969-12-30', DATE, DAY, 1969-12-30T00:00",
    "DATE '2011-01-05', DATE, WEEK, 2011-01-03T00:00",
    "DATE '2011-01-05', DATE, MONTH, 2011-01-01T00:00",
    "TIMESTAMP '2011-01-05 23:30:00', TIMESTAMP, DAY, 2011-01-05T00:00",
    "TIMESTAMP '2011-01-05 23:30:00Z', TIMESTAMP, DAY, 2011-01-06T00:00",
    "TIMESTAMP '2011-01-05 23:30:00Z', TIMESTAMP, HOUR, 2011-01-05T23:00",
    "TIMESTAMP '2011-10-30 02:30:00+02:00', TIMESTAMP, HOUR, 2011-10-30T00:00",
    "TIMESTAMP '2011-10-30 02:30:00+01:00', TIMESTAMP, HOUR, 2011-10-30T01:00",
    "TIMESTAMP_NTZ '2011-03-27 02:30:00', TIMESTAMP_NTZ, HOUR, 2011-03-27T02:00",
    "TIMESTAMP_NTZ '2011-03-27 02:30:00', TIMESTAMP_NTZ, MONTH, 2011-03-01T00:00",
  })
  void aRowKnowsItsInterval(
      String value, IntervalColumn.Type type, Cadence cadence, LocalDateTime start) {
    IntervalColumn column = IntervalColumn.of("at", type, cadence);

    long key =
        SPARK
            .sql("SELECT %s AS `key` FROM (SELECT %s AS at)".formatted(column.key(), value))
            .first()
            .getLong(0);

    assertEquals(new Interval(start, cadence.next(start)), column.interval(key));
    assertEquals(
        true,
        SPARK
            .sql(
                "SELECT %s FROM (SELECT %s AS at)"
                    .formatted(column.within(column.interval(key)), value))
            .first()
            .getBoolean(0));
  }

  @Test
  void rowsWithoutTimeAreAllOfOneInterval() {
    IntervalColumn column = IntervalColumn.always(Interval.ALWAYS);

    assertEquals("0L", column.key());
    assertEquals("true", column.within(Interval.ALWAYS));
    assertEquals(Interval.ALWAYS, column.interval(0));
  }

  @Test
  void itIsEitherAColumnOrOneInterval() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new IntervalColumn(
                Optional.empty(), IntervalColumn.Type.DATE, Cadence.DAY, Optional.empty()));
  }
}
