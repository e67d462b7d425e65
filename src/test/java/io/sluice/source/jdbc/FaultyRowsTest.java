package io.sluice.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.Source;
import io.sluice.api.SourceRows;
import io.sluice.lake.SourceSpec;
import io.sluice.source.faulty.Damage;
import io.sluice.testing.PostgresServer;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * Two hundred days in real databases with whatever their columns hold: each row that a day has is a
 * row, or in quarantine with its values and the column that is to blame.
 */
class FaultyRowsTest extends JdbcCase {
  private static final int DAYS = Integer.getInteger("sluice.faulty.files", 200);
  private static final int BATCH = 50;
  private static final LocalDate FIRST = LocalDate.of(2011, 1, 1);
  private static final String HUGE = "x".repeat(100_000);

  /** Texts that any column of text takes. */
  private static final List<String> TEXTS =
      List.of(
          "'plain'",
          "NULL",
          "''",
          "'a\n\"b\",\r\nc''d\\'",
          "'\uFEFF漢字 \uD83D\uDE00 {\"a\": [1,'",
          "' \t '",
          "'null'");

  /**
   * @param columns of the table, besides its mark, as the database declares them
   * @param values of each of those, as the database's SQL has them; good ones first
   */
  private record Kind(String url, Map<String, String> columns, Map<String, List<String>> values) {}

  private static <T> List<T> and(List<T> some, List<T> more) {
    List<T> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  @Test
  void sqlitesColumnsHoldValuesOfAnyType() throws SQLException {
    List<String> odd =
        List.of("'many'", "x'00FF41'", "1e300", "-1.5", "9223372036854775807", "'7'", "''", "NULL");
    nothingIsLostAndNothingComesTwice(
        new Kind(
            sqlite(),
            Map.of(
                "n",
                "integer",
                "price",
                "decimal(10,2)",
                "size",
                "real",
                "note",
                "text",
                "at",
                "timestamp"),
            Map.of(
                "n", and(List.of("1", "2", "3"), odd),
                "price", and(List.of("1.25", "7"), odd),
                "size", and(List.of("0.5", "1"), odd),
                "note", and(TEXTS, List.of("x'FFFE'", "17", "'a' || char(0) || 'b'")),
                "at", List.of("'%s 08:00:00'", "'%s'", "'%sT23:59:59'", "'%s around noon'"))));
  }

  @Test
  void postgresHasValuesThatNoTypeOfTheLakeHas() throws SQLException {
    nothingIsLostAndNothingComesTwice(
        new Kind(
            PostgresServer.newDatabase(),
            Map.of(
                "n",
                "text",
                "price",
                "decimal(10,2)",
                "size",
                "double precision",
                "note",
                "text",
                "born",
                "date",
                "tags",
                "int[]",
                "at",
                "timestamp"),
            Map.of(
                "n", List.of("'1'", "'2'", "'many'", "'99999999999'", "' 3'", "''", "NULL"),
                "price", List.of("1.25", "NULL", "'NaN'", "99999999.99", "-0.01"),
                "size", List.of("0.5", "'NaN'", "'-Infinity'", "1e300", "NULL"),
                "note", TEXTS,
                "born",
                    List.of(
                        "'1969-07-20'",
                        "'infinity'",
                        "'-infinity'",
                        "'0044-03-15 BC'",
                        "NULL",
                        "'9999-12-31'",
                        "'20000-01-01'"),
                "tags", List.of("'{1,2}'", "'{}'", "'{{1},{2}}'", "'{NULL}'", "NULL"),
                "at", List.of("'%s 08:00:00'", "'%s'", "'%s 23:59:59.999999'"))));
  }

  private void nothingIsLostAndNothingComesTwice(Kind kind) throws SQLException {
    fill(kind);
    columns.add(new SourceSpec.Column("n", "n", Optional.of("INT")));
    columns.add(new SourceSpec.Column("price", "price", Optional.of("DECIMAL(6,2)")));
    Source source = source(kind.url(), "t", Optional.of("at"));
    Map<LocalDateTime, List<String>> kept = new HashMap<>();
    int[] turnedAway = {0};
    for (int from = 0; from < DAYS; from += BATCH) {
      List<Interval> days =
          IntStream.range(from, Math.min(DAYS, from + BATCH))
              .mapToObj(day -> Cadence.DAY.at(FIRST.plusDays(day).atStartOfDay()))
              .toList();
      for (Row row : read(source, days).collectAsList()) {
        turnedAway[0] += row.getAs(SourceRows.REJECTED) == null ? 0 : 1;
        kept.computeIfAbsent(row.getAs(SourceRows.INTERVAL), day -> new ArrayList<>())
            .addAll(marks(row, kind));
      }
    }
    int all = 0;
    for (int day = 0; day < DAYS; day++) {
      List<String> there = there(kind, FIRST.plusDays(day));
      List<String> found =
          kept.getOrDefault(FIRST.plusDays(day).atStartOfDay(), List.of()).stream()
              .sorted()
              .toList();
      assertEquals(there, found, "day " + day);
      all += there.size();
    }
    assertTrue(turnedAway[0] > all / 4, turnedAway[0] + " of " + all + " were turned away");
    assertTrue(turnedAway[0] < all * 9 / 10, turnedAway[0] + " of " + all + " were turned away");
  }

  private static void fill(Kind kind) throws SQLException {
    StringBuilder columns = new StringBuilder();
    kind.columns()
        .forEach((name, type) -> columns.append(", ").append(name).append(' ').append(type));
    try (Connection connection = DriverManager.getConnection(kind.url());
        Statement statement = connection.createStatement()) {
      statement.execute("create table t (mark text, huge text" + columns + ")");
      connection.setAutoCommit(false);
      for (int seed = 0; seed < DAYS; seed++) {
        Random random = new Random(seed);
        for (int n = 1 + random.nextInt(12); n > 0; n--) {
          String row = row(kind, random, FIRST.plusDays(seed), "q%dx%dq".formatted(seed, n));
          statement.execute(row);
          if (random.nextInt(10) == 0) {
            // The table has no key: a row may be there twice.
            statement.execute(row);
          }
        }
      }
      connection.commit();
    }
  }

  private static String row(Kind kind, Random random, LocalDate day, String mark) {
    StringBuilder names = new StringBuilder("mark, huge");
    StringBuilder values =
        new StringBuilder(
            "'%s', %s".formatted(mark, random.nextInt(50) == 0 ? "'" + HUGE + "'" : "NULL"));
    kind.columns().keySet().stream()
        .sorted()
        .forEach(
            name -> {
              List<String> some = kind.values().getOrDefault(name, List.of());
              boolean isGood = !name.equals("at") && random.nextInt(10) < 7;
              String value = some.get(isGood ? 0 : random.nextInt(some.size()));
              names.append(", ").append(name);
              values.append(", ").append(name.equals("at") ? value.formatted(day) : value);
            });
    return "insert into t (%s) values (%s)".formatted(names, values);
  }

  /** As the database itself counts them. */
  private static List<String> there(Kind kind, LocalDate day) throws SQLException {
    List<String> marks = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(kind.url());
        PreparedStatement query =
            connection.prepareStatement(
                "select mark from t where substr(cast(at as text), 1, 10) = ?")) {
      query.setString(1, day.toString());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          marks.add(rows.getString(1));
        }
      }
    }
    return marks.stream().sorted().toList();
  }

  private static List<String> marks(Row row, Kind kind) {
    assertEquals("t", row.getAs(SourceRows.SOURCE));
    String fault = row.getAs(SourceRows.REJECTED);
    if (fault == null) {
      return List.of(row.<String>getAs("mark"));
    }
    assertTrue(kind.columns().containsKey(fault.replaceFirst("(?s):.*", "")), fault);
    return Damage.marks(row.<String>getAs(SourceRows.RAW));
  }
}
