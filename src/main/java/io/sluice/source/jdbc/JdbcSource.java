package io.sluice.source.jdbc;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.SourceException;
import io.sluice.api.SourceRows;
import io.sluice.lake.SourceSpec;
import io.sluice.source.columns.ColumnsException;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.source.columns.IntervalOfValue;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import io.sluice.time.LakeTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A table or query of a relational database. */
public final class JdbcSource implements Source {

  private final SourceSpec.Jdbc jdbc;
  private final Database database;
  private final List<SourceSpec.Column> declared;
  private final Cadence every;
  private final LakeTime time;
  private final Supplier<Optional<Interval>> newestDue;
  private final Clock clock;
  private final String where;

  /**
   * @param newestDue the newest due interval, where nothing else is known
   * @throws SourceException where the definition can't be meant
   */
  public JdbcSource(
      SourceSpec spec,
      SourceSpec.Jdbc jdbc,
      Cadence every,
      LakeTime time,
      Supplier<Optional<Interval>> newestDue,
      Clock clock) {
    this.jdbc = jdbc;
    this.every = every;
    this.time = time;
    this.newestDue = newestDue;
    this.clock = clock;
    this.where = spec.origin().toString();
    this.database = new Database(jdbc, where);
    this.declared = spec.columns();
  }

  /** Types are Spark's: a look at what there is must not start it. */
  private DeclaredColumns columns(List<SourceSpec.Column> declared) {
    try {
      return new DeclaredColumns(declared, Map.of(), where);
    } catch (IllegalArgumentException e) {
      throw SourceException.ofAll(where + ": source: " + e.getMessage(), e);
    }
  }

  @Override
  public Map<Interval, Look> look(List<Interval> intervals, KnownItems known) {
    if (jdbc.by().isPresent()) {
      return Look.ofAny(intervals);
    }
    return Look.ofThePresent(
        intervals,
        known.newest().or(newestDue),
        "%s is only known as it is now; with by = COLUMN in the source, rows of the past can be asked for"
            .formatted(jdbc.from()));
  }

  @Override
  public SourceRows read(SparkSession spark, Map<Interval, Look> looks) {
    List<Interval> intervals =
        looks.entrySet().stream()
            .filter(look -> look.getValue().presence() == Look.Presence.PRESENT)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (intervals.isEmpty()) {
      return new SourceRows(columns(declared).none(spark));
    }
    try {
      return rows(spark, intervals);
    } catch (SourceException e) {
      throw e;
    } catch (ColumnsException e) {
      throw SourceException.ofAll(String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw SourceException.ofAll(where + ": source: " + e.getMessage(), e);
    } catch (Exception e) {
      // Spark is Scala and throws SQLException without saying so.
      throw database.failure(e);
    }
  }

  @Override
  public Optional<SourceException> explain(Throwable failure, Map<Interval, Look> looks) {
    Set<Throwable> seen = new HashSet<>();
    for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
      if (cause instanceof SQLException told) {
        return Optional.of(database.failureOfRows(told));
      }
    }
    return Optional.empty();
  }

  private SourceRows rows(SparkSession spark, List<Interval> intervals) throws SQLException {
    boolean isCut = jdbc.by().isPresent() && every != Cadence.NONE;
    RowQuery query;
    List<String> parts;
    Optional<TableFacts.ByColumn> by;
    TableFacts facts;
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(database.statementTimeout());
      facts = TableFacts.of(statement, jdbc);
      by = isCut ? Optional.of(facts.by(jdbc.by().orElseThrow(), every)) : Optional.empty();
      query =
          by.map(column -> between(column.type(), intervals))
              .orElseGet(() -> new RowQuery(jdbc.from(), Optional.empty()));
      parts = parts(statement, query, facts);
    }
    Dataset<Row> scan = known(spark, query, parts, facts);
    List<String> received =
        Arrays.stream(scan.columns())
            .filter(name -> !name.equalsIgnoreCase(TableFacts.SPLIT))
            .toList();
    Column[] all =
        received.stream().map(name -> col(DeclaredColumns.quoted(name))).toArray(Column[]::new);
    IntervalOfValue interval = new IntervalOfValue(every, intervals);
    Column fault =
        by.filter(column -> column.type() == ByType.TEXT)
            .map(column -> interval.faultOfText(column.name()))
            .orElse(DeclaredColumns.noText());
    Column start =
        by.map(column -> interval.start(column.name(), bound(column.type())))
            .orElse(lit(intervals.get(0).from()));
    Dataset<Row> rows = withoutCivilTimes(scan);
    Dataset<Row> own =
        by.flatMap(column -> interval.isOwn(column.name(), isCivil(column.type())))
            .map(rows::where)
            .orElse(rows);
    DeclaredColumns columns = columns(facts.typed(declared));
    return new SourceRows(
        columns.rows(
            own,
            received,
            new DeclaredColumns.Facts(
                start, lit(jdbc.from()), lit(clock.instant()), fault, to_json(struct(all))),
            jdbc.from()),
        List.of(new SourceRows.Header(intervals, columns.named(received))),
        Scrubbed.text("%s: %s".formatted(jdbc.url(), query.select("*")), jdbc));
  }

  private static boolean isCivil(ByType type) {
    return type == ByType.CIVIL || type == ByType.TEXT;
  }

  /** How the start of an interval is written in a column of text. */
  private Optional<Function<Interval, String>> bound(ByType type) {
    return type == ByType.TEXT
        ? Optional.of(interval -> ByType.text(time.translate(interval, every, Cadence.DAY).from()))
        : Optional.empty();
  }

  /** A moment is told by UTC, on which no hour is there twice. */
  private RowQuery between(ByType type, List<Interval> intervals) {
    boolean byMoment = type.isMoment() && every.isUtc();
    return RowQuery.between(
        jdbc.from(),
        jdbc.by().orElseThrow(),
        type,
        byMoment ? IntervalSet.of(intervals) : onLakeClock(intervals),
        byMoment ? ZoneOffset.UTC : time.zone());
  }

  private IntervalSet onLakeClock(List<Interval> intervals) {
    return IntervalSet.of(
        intervals.stream().map(interval -> time.translate(interval, every, Cadence.DAY)).toList());
  }

  private List<String> parts(Statement statement, RowQuery query, TableFacts facts)
      throws SQLException {
    if (split().isEmpty()) {
      return List.of("1 = 1");
    }
    String column = jdbc.splitBy().orElseThrow();
    try (ResultSet range =
        statement.executeQuery(query.select("MIN(%s), MAX(%s)".formatted(column, column)))) {
      return Split.of(column, range, jdbc.parallel(), facts.dialect(), time.zone())
          .conditions(split(facts).isPresent() ? TableFacts.SPLIT : column);
    }
  }

  private Optional<String> split() {
    return jdbc.parallel() > 1 ? jdbc.splitBy() : Optional.empty();
  }

  /** Where columns are asked for one by one, they may not be as they are. */
  private Optional<String> split(TableFacts facts) {
    return split().filter(column -> facts.dialect().quoted(column).isPresent());
  }

  private Dataset<Row> known(
      SparkSession spark, RowQuery query, List<String> parts, TableFacts facts) {
    try {
      return scan(spark, query, parts, facts);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Spark is Scala and throws SQLException without saying so.
      throw Database.unknownType(e)
          .map(type -> database.unknownType(type, facts.ofType(type)))
          .orElseGet(() -> database.failure(e));
    }
  }

  private Dataset<Row> scan(
      SparkSession spark, RowQuery query, List<String> parts, TableFacts facts) {
    MariaQuotes.register();
    DataFrameReader reader =
        spark
            .read()
            .option("driver", database.driver().getClass().getName())
            .option("fetchsize", jdbc.fetchSize())
            .option("queryTimeout", database.statementTimeout())
            // A time without zone stays what the database shows, whatever this machine's zone.
            .option("preferTimestampNTZ", "true");
    Optional<String> greeting = facts.dialect().greeting();
    if (greeting.isPresent()) {
      reader = reader.option("sessionInitStatement", greeting.get());
    }
    String told = facts.customSchema(split(facts));
    if (!told.isEmpty()) {
      reader = reader.option("customSchema", told);
    }
    Properties properties = database.properties();
    return reader.jdbc(
        jdbc.url(),
        query.table(facts.select(split(facts))),
        parts.toArray(String[]::new),
        properties);
  }

  /** Times without zone are the lake's, which is the session's. */
  private static Dataset<Row> withoutCivilTimes(Dataset<Row> scan) {
    List<Column> shown = new ArrayList<>();
    Arrays.stream(scan.schema().fields())
        .forEach(
            field -> {
              Column value = col(DeclaredColumns.quoted(field.name()));
              shown.add(
                  field.dataType().typeName().equals("timestamp_ntz")
                      ? value.cast("timestamp").as(field.name())
                      : value);
            });
    return scan.select(shown.toArray(Column[]::new));
  }

  @Override
  public String toString() {
    return Scrubbed.url(jdbc.url()) + " " + jdbc.from();
  }
}
