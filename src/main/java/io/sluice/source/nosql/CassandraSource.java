package io.sluice.source.nosql;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.SourceException;
import io.sluice.api.SourceRows;
import io.sluice.lake.Secret;
import io.sluice.lake.SourceSpec;
import io.sluice.source.columns.ColumnsException;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.source.columns.IntervalOfValue;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A table of Cassandra. */
public final class CassandraSource implements Source {
  private final SourceSpec spec;
  private final SourceSpec.Cassandra cassandra;
  private final Cadence every;
  private final LakeTime time;
  private final Supplier<Optional<Interval>> newestDue;
  private final Clock clock;
  private final CassandraFailure failure;

  /**
   * @param newestDue the newest due interval, where nothing else is known
   */
  public CassandraSource(
      SourceSpec spec,
      SourceSpec.Cassandra cassandra,
      Cadence every,
      LakeTime time,
      Supplier<Optional<Interval>> newestDue,
      Clock clock) {
    this.spec = spec;
    this.cassandra = cassandra;
    this.every = every;
    this.time = time;
    this.newestDue = newestDue;
    this.clock = clock;
    this.failure = new CassandraFailure(cassandra, spec.origin().toString());
  }

  @Override
  public Map<Interval, Look> look(List<Interval> intervals, KnownItems known) {
    if (cassandra.by().isPresent()) {
      return Look.ofAny(intervals);
    }
    return Look.ofThePresent(
        intervals,
        known.newest().or(newestDue),
        "%s is only known as it is now; with by = COLUMN in the source, rows of the past can be asked for"
            .formatted(failure.name()));
  }

  @Override
  public SourceRows read(SparkSession spark, Map<Interval, Look> looks) {
    List<Interval> intervals = Present.of(looks);
    try {
      if (intervals.isEmpty()) {
        return new SourceRows(columns(spec.columns()).none(spark));
      }
      Connector.CASSANDRA.insist(failure.where());
      return rows(spark, intervals);
    } catch (SourceException e) {
      throw e;
    } catch (ColumnsException e) {
      throw SourceException.ofAll(String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw SourceException.ofAll(failure.where() + ": source: " + e.getMessage(), e);
    } catch (Exception e) {
      // Spark is Scala and throws checked exceptions without saying so.
      throw failure.told(e, true);
    }
  }

  @Override
  public Optional<SourceException> explain(Throwable failed, Map<Interval, Look> looks) {
    return CassandraFailure.of(failed).map(told -> failure.told(failed, false));
  }

  private DeclaredColumns columns(List<SourceSpec.Column> declared) {
    return new DeclaredColumns(declared, Map.of(), failure.where());
  }

  private SourceRows rows(SparkSession spark, List<Interval> intervals) {
    Map<String, String> options = options();
    Table table = ExactCassandra.theirs(new CaseInsensitiveStringMap(options));
    CassandraTypes types = CassandraTypes.of(table);
    Optional<CassandraFilter> filter =
        cassandra
            .by()
            .filter(column -> every != Cadence.NONE)
            .map(column -> types.filter(column, every, time));
    filter.ifPresent(by -> options.put(ExactCassandra.AS_IT_IS, by.column()));
    Dataset<Row> scan = spark.read().format(ExactCassandra.class.getName()).options(options).load();
    List<Column> conditions = filter.map(by -> by.of(intervals)).orElse(List.of());
    for (Column condition : conditions) {
      scan = scan.where(condition);
    }
    List<String> received = List.of(scan.columns());
    Dataset<Row> texts =
        scan.select(
            Stream.of(scan.schema().fields())
                .map(
                    field ->
                        col(DeclaredColumns.quoted(field.name()))
                            .cast(ExactCassandra.stored(field.dataType()))
                            .as(field.name()))
                .toArray(Column[]::new));
    Column[] all =
        received.stream().map(name -> col(DeclaredColumns.quoted(name))).toArray(Column[]::new);
    Column start =
        filter
            .map(by -> new IntervalOfValue(every, intervals).start(by.column(), Optional.empty()))
            .orElse(lit(intervals.get(0).from()));
    DeclaredColumns columns = columns(types.typed(spec.columns()));
    return new SourceRows(
        columns.rows(
            texts,
            received,
            new DeclaredColumns.Facts(
                start,
                lit(cassandra.keyspace() + "." + cassandra.table()),
                lit(clock.instant()),
                DeclaredColumns.noText(),
                to_json(struct(all))),
            failure.name()),
        List.of(new SourceRows.Header(intervals, columns.named(received))),
        asked(conditions));
  }

  private String asked(List<Column> conditions) {
    return conditions.isEmpty()
        ? failure.name()
        : failure.name()
            + ": "
            + conditions.stream().map(Column::toString).collect(Collectors.joining(" AND "));
  }

  private Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    options.put("keyspace", cassandra.keyspace());
    options.put("table", cassandra.table());
    options.put("spark.cassandra.connection.host", String.join(",", cassandra.hosts()));
    options.put("spark.cassandra.connection.port", String.valueOf(cassandra.port()));
    options.put("spark.cassandra.connection.ssl.enabled", String.valueOf(cassandra.ssl()));
    cassandra.localDc().ifPresent(dc -> options.put("spark.cassandra.connection.localDC", dc));
    cassandra
        .consistency()
        .ifPresent(level -> options.put("spark.cassandra.input.consistency.level", level));
    cassandra.user().ifPresent(user -> options.put("spark.cassandra.auth.username", user));
    cassandra
        .password()
        .map(Secret::value)
        .ifPresent(secret -> options.put("spark.cassandra.auth.password", secret));
    return options;
  }

  @Override
  public String toString() {
    return failure.name();
  }
}
