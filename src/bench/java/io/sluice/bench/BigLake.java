package io.sluice.bench;

import io.sluice.ledger.Ledgers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A project of a thousand jobs that ran for ten years, written without running them: definitions,
 * the landing files that are still looked at, the end of each table's log, and the ledger.
 */
final class BigLake {
  private static final int JOBS = 1_000;
  private static final int SOURCES = 200;
  private static final int DAYS = 3_650;
  private static final int LOOKED_AT = 31;
  private static final LocalDate START = LocalDate.of(2011, 1, 1);
  private static final Instant RECEIVED = Instant.parse("2021-01-01T00:00:00Z");

  private final Path folder;
  private final int holes;

  /**
   * @param holes days of each job that failed
   */
  BigLake(Path folder, int holes) {
    this.folder = folder;
    this.holes = holes;
  }

  void write() throws IOException {
    file("conf/lake.conf", "name = big\n");
    for (int job = 0; job < JOBS; job++) {
      file("jobs/%s.%s".formatted(table(job), job < SOURCES ? "conf" : "sql"), definition(job));
      file(
          "lake/%s/_delta_log/%020d.json".formatted(table(job), DAYS),
          "{\"commitInfo\":{\"timestamp\":1609459200000,\"operation\":\"WRITE\"}}\n");
    }
    for (int job = 0; job < SOURCES; job++) {
      for (int day = DAYS - LOOKED_AT; day < DAYS; day++) {
        Files.setLastModifiedTime(file(landing(job, day), "a\n"), FileTime.from(RECEIVED));
      }
    }
    String url = "jdbc:sqlite:" + folder.resolve(".sluice/ledger.db");
    Ledgers.open(url, Optional.empty(), Optional.empty()).close();
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      fill(connection);
      connection.commit();
    } catch (SQLException e) {
      throw new IOException("The ledger can't be filled", e);
    }
  }

  private static String table(int job) {
    return (job < SOURCES ? "raw/s%03d" : job < 600 ? "analysis/t%03d" : "aggregate/t%03d")
        .formatted(job);
  }

  private static String name(int job) {
    return table(job).replace('/', '.');
  }

  /** Each reads two or three that come before it. */
  private static List<Integer> inputs(int job) {
    if (job < SOURCES) {
      return List.of();
    }
    int before = job < 600 ? SOURCES : 600;
    return IntStream.of(job % before, (job * 7) % before, (job * 13 + 1) % before)
        .distinct()
        .boxed()
        .toList();
  }

  private static String definition(int job) {
    if (job < SOURCES) {
      return """
             description  = "Files of shop %d"
             source       { type = files, path = "landing/s%03d/{yyyy-MM-dd}.csv", format = csv }
             partition-by = day
             start        = %s
             end          = %s
             """
          .formatted(job, job, START, START.plusDays(DAYS - 1));
    }
    List<Integer> inputs = inputs(job);
    StringBuilder sql = new StringBuilder();
    sql.append("/* sluice\n  description  = \"Table %d\"\n  partition-by = day\n".formatted(job));
    sql.append("  expect { known = \"v IS NOT NULL\" }\n*/\n");
    sql.append("SELECT a.day, a.k, sum(a.v) AS v\nFROM %s a\n".formatted(name(inputs.get(0))));
    for (int input : inputs.subList(1, inputs.size())) {
      sql.append("JOIN %1$s t%2$d ON t%2$d.day = a.day AND t%2$d.k = a.k%n".formatted(name(input), input));
    }
    return sql.append("GROUP BY a.day, a.k\n").toString();
  }

  private static String landing(int job, int day) {
    return "landing/s%03d/%s.csv".formatted(job, START.plusDays(day));
  }

  private Path file(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.resolveSibling(""));
    return Files.writeString(path, text);
  }

  private void fill(Connection connection) throws SQLException {
    List<Object[]> jobs = new ArrayList<>();
    List<Object[]> made = new ArrayList<>();
    List<Object[]> failed = new ArrayList<>();
    List<Object[]> positions = new ArrayList<>();
    List<Object[]> items = new ArrayList<>();
    int part = DAYS / (holes + 1);
    for (int job = 0; job < JOBS; job++) {
      jobs.add(new Object[] {name(job)});
      for (int hole = 0; hole <= holes; hole++) {
        int end = hole == holes ? DAYS : (hole + 1) * part - 1;
        made.add(new Object[] {name(job), day(hole * part), day(end)});
        if (hole < holes) {
          failed.add(new Object[] {name(job), day(end), day(end + 1)});
        }
      }
      positions.add(new Object[] {name(job), name(job)});
      for (int input : inputs(job)) {
        positions.add(new Object[] {name(job), name(input)});
      }
      for (int day = DAYS - LOOKED_AT; day < DAYS && job < SOURCES; day++) {
        String item = "file:" + folder.resolve(landing(job, day));
        items.add(new Object[] {name(job), day(day), day(day + 1), item});
      }
    }
    insert(connection, "job (name, definition, forced) VALUES (?, 'd', 0)", jobs);
    insert(connection, "made (job, from_at, to_at, definition) VALUES (?, ?, ?, 'd')", made);
    insert(
        connection,
        "deviation (job, sort, about, cause, from_at, to_at, forced)"
            + " VALUES (?, 'failed', '', '', ?, ?, 0)",
        failed);
    insert(
        connection, "log_position (job, input, version) VALUES (?, ?, %d)".formatted(DAYS), positions);
    insert(
        connection,
        "source_item (job, from_at, to_at, item, version, bytes) VALUES (?, ?, ?, ?, '2-%d', 2)"
            .formatted(RECEIVED.toEpochMilli()),
        items);
  }

  private static String day(int day) {
    return String.format(Locale.ROOT, "%sT00:00:00", START.plusDays(day));
  }

  private static void insert(Connection connection, String into, List<Object[]> rows)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + into)) {
      for (Object[] row : rows) {
        for (int i = 0; i < row.length; i++) {
          insert.setObject(i + 1, row[i]);
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
