package io.sluice.source.nosql;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Reads a table; apart from its source, because a plan must load nothing of Spark. */
record CassandraRead(
    SourceSpec spec,
    SourceSpec.Cassandra cassandra,
    Cadence every,
    LakeTime time,
    Clock clock,
    CassandraFailure failure) {

  SourceRows of(SparkSession spark, List<Interval> intervals) {
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
}
