package io.sluice.demo;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.sluice.testing.CassandraServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** A day's requests to a web site in a Cassandra table, whose partitions are days. */
final class Visits {
  private static final LocalDate DAY = LocalDate.of(2015, 5, 17);
  private static final Pattern LINE =
      Pattern.compile("(\\S+) \\S+ \\S+ \\[([^]]+)] \"\\S+ (\\S+) [^\"]*\" (\\d+) .*");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

  private final CassandraServer server;

  /**
   * @param access folder of the daily logs
   */
  Visits(CassandraServer server, Path access) throws IOException {
    this.server = server;
    server.execute(
        "CREATE KEYSPACE site WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}",
        "CREATE TABLE site.visit (day date, at timestamp, client text, path text, status int, PRIMARY KEY (day, at, client, path))");
    PreparedStatement insert =
        server
            .session()
            .prepare(
                "INSERT INTO site.visit (day, at, client, path, status) VALUES (?, ?, ?, ?, ?)");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(access.resolve(DAY + ".log.gz"))),
                StandardCharsets.UTF_8))) {
      lines
          .lines()
          .map(LINE::matcher)
          .filter(Matcher::matches)
          .forEach(
              line ->
                  server
                      .session()
                      .execute(
                          insert.bind(
                              DAY,
                              OffsetDateTime.parse(line.group(2), TIME).toInstant(),
                              line.group(1),
                              line.group(3),
                              Integer.parseInt(line.group(4)))));
    }
  }

  String version() {
    return one("SELECT release_version FROM system.local").getString(0) + "";
  }

  long count() {
    return one("SELECT count(*) FROM site.visit").getLong(0);
  }

  private Row one(String query) {
    return Objects.requireNonNull(server.session().execute(query).one());
  }
}
