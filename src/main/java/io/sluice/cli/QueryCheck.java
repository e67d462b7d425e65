package io.sluice.cli;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Layer;
import io.sluice.lake.TableName;
import io.sluice.lake.WriteSpec;
import io.sluice.sql.ParsedSql;
import io.sluice.sql.SqlProblem;
import io.sluice.sql.SqlReader;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks at a query before Spark is started for it: whether it only reads, and reads what is there.
 */
final class QueryCheck {
  private static final String QUARANTINE = "quarantine.";

  private final Lake lake;
  private final Predicate<Job> isThere;

  /**
   * @param isThere whether a job's table has been made
   */
  QueryCheck(Lake lake, Predicate<Job> isThere) {
    this.lake = lake;
    this.isThere = isThere;
  }

  void check(String query) {
    ParsedSql parsed;
    try {
      parsed = SqlReader.read(query, 1);
    } catch (SqlProblem e) {
      String said = String.valueOf(e.getMessage());
      throw new UserException(
          "line %d of the query: %s"
              .formatted(
                  e.line(),
                  said.startsWith("a job is one SELECT")
                      ? "it is no SELECT; the lake is only read here, tables are made by jobs"
                      : said));
    }
    parsed.tables().forEach(this::check);
  }

  private void check(ParsedSql.TableReference table) {
    String whole = table.name().toLowerCase(Locale.ROOT);
    boolean isQuarantine = whole.startsWith(QUARANTINE);
    String name = isQuarantine ? whole.substring(QUARANTINE.length()) : whole;
    String layer = name.substring(0, Math.max(0, name.indexOf('.')));
    Optional<Job> job = TableName.parse(name).flatMap(lake::find);
    if (job.isPresent()) {
      if (!isQuarantine) {
        requireRows(table, job.get());
      }
    } else if (isQuarantine || layer.isEmpty() || Layer.of(layer).isPresent()) {
      throw new UserException(
          "line %d of the query: no job makes %s; %s"
              .formatted(
                  table.line(),
                  table.name(),
                  lake.nearest(name)
                      .map(
                          near ->
                              "did you mean %s%s?".formatted(isQuarantine ? QUARANTINE : "", near))
                      .orElse("`sluice check` lists the tables")));
    }
  }

  private void requireRows(ParsedSql.TableReference table, Job job) {
    if (job.write() instanceof WriteSpec.View) {
      throw new UserException(
          "line %d of the query: %s is a view, which only jobs can read; see `sluice preview %s`"
              .formatted(table.line(), job.name(), job.name()));
    }
    if (!isThere.test(job)) {
      throw new UserException(
          "line %d of the query: %s has no table yet; %s"
              .formatted(
                  table.line(),
                  job.name(),
                  job.isMade()
                      ? "make it: sluice run --select +%s".formatted(job.name())
                      : "nothing is at " + lake.path(job.name())));
    }
  }
}
