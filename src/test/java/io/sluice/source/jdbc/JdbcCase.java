package io.sluice.source.jdbc;

import io.sluice.api.Source;
import io.sluice.api.Source.KnownItems;
import io.sluice.lake.Origin;
import io.sluice.lake.SourceSpec;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestSpark;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import io.sluice.time.Lookback;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;

/** A database of a test, and the source that reads it. */
abstract class JdbcCase {
  private static final Instant NOW = Instant.parse("2011-02-01T06:00:00Z");

  @TempDir Path temp;

  ZoneId zone = ZoneId.of("UTC");
  Cadence every = Cadence.DAY;
  final List<SourceSpec.Column> columns = new ArrayList<>();
  Optional<String> splitBy = Optional.empty();
  Optional<Duration> timeout = Optional.empty();

  String h2(String... statements) throws SQLException {
    return database("jdbc:h2:" + temp.resolve("db") + ";DB_CLOSE_DELAY=-1", statements);
  }

  String sqlite(String... statements) throws SQLException {
    return database("jdbc:sqlite:" + temp.resolve("db.sqlite"), statements);
  }

  static String database(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "", "");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return url;
  }

  Source source(String url, String from, Optional<String> by) {
    SourceSpec.Jdbc jdbc =
        new SourceSpec.Jdbc(
            url,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            from,
            by,
            splitBy.isPresent() ? 3 : 1,
            splitBy,
            1_000,
            timeout);
    return source(jdbc);
  }

  Source source(SourceSpec.Jdbc jdbc) {
    SourceSpec spec =
        new SourceSpec(
            Interval.ALWAYS, columns, Lookback.NONE, jdbc, new Origin("jobs/raw/t.conf", 2));
    return new JdbcSource(
        spec,
        jdbc,
        every,
        new LakeTime(zone),
        () -> Optional.of(day("2011-01-31")),
        new SettableClock(NOW));
  }

  static Interval day(String date) {
    return Cadence.DAY.at(LocalDate.parse(date).atStartOfDay());
  }

  Dataset<Row> read(Source source, List<Interval> intervals) {
    SparkSession spark = TestSpark.session().newSession();
    spark.conf().set("spark.sql.session.timeZone", zone.getId());
    return source.read(spark, source.look(intervals, KnownItems.NONE)).rows();
  }

  static List<String> shown(Dataset<Row> rows, String... columns) {
    return rows.selectExpr(columns).collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
