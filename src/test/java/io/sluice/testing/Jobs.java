package io.sluice.testing;

import io.sluice.lake.Effort;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.LedgerSpec;
import io.sluice.lake.Making;
import io.sluice.lake.Origin;
import io.sluice.lake.Quality;
import io.sluice.lake.RetrySpec;
import io.sluice.lake.RowRule;
import io.sluice.lake.Schedule;
import io.sluice.lake.Shape;
import io.sluice.lake.SourceSpec;
import io.sluice.lake.TableName;
import io.sluice.lake.TableRule;
import io.sluice.lake.WriteSpec;
import io.sluice.sql.ParsedSql;
import io.sluice.time.Cadence;
import io.sluice.time.Civil;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import io.sluice.time.Lookback;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Definitions for tests, without files: {@code Jobs.sql("analysis.fact", "SELECT
 * …").input("raw.sales").build()}. What is not said is as a definition has it by default: daily
 * from 2011-01-01, partitioned by {@code day}, replaced by interval.
 */
public final class Jobs {
  private final TableName name;
  private final Making making;
  private Cadence every = Cadence.DAY;
  private LocalDateTime start = LocalDateTime.of(2011, 1, 1, 0, 0);
  private Optional<LocalDateTime> end = Optional.empty();
  private Duration delay = Duration.ZERO;
  private List<String> partitionBy = List.of("day");
  private Optional<String> intervalBy = Optional.empty();
  private final Map<TableName, Input> inputs = new LinkedHashMap<>();
  private final List<TableName> views = new ArrayList<>();
  private final List<RowRule> expect = new ArrayList<>();
  private final List<TableRule> require = new ArrayList<>();
  private double limit = Quality.DEFAULT_LIMIT_PERCENT;
  private WriteSpec write = new WriteSpec.Replace();
  private int batch = Effort.DEFAULT_BATCH;
  private RetrySpec retry = RetrySpec.DEFAULT;
  private Optional<Duration> timeout = Optional.empty();
  private final Map<String, String> spark = new HashMap<>();
  private final Map<String, String> params = new HashMap<>();
  private String fingerprint = "fingerprint";
  private final List<String> tags = new ArrayList<>();

  private Jobs(String name, Making making) {
    this.name = table(name);
    this.making = making;
  }

  public static Jobs sql(String name, String sql) {
    return new Jobs(name, new Making.FromSql(new ParsedSql(sql, 1, List.of(), Set.of(), "parsed")));
  }

  public static Jobs java(String name, String className, Map<String, String> options) {
    return new Jobs(name, new Making.FromJava(className, options));
  }

  public static Jobs external(String name, String path) {
    return new Jobs(name, new Making.External(path));
  }

  public static Jobs source(String name, SourceSpec... sources) {
    return new Jobs(name, new Making.FromSource(List.of(sources)));
  }

  /** Made from one CSV file a day, {@code landing/{yyyy-MM-dd}.csv}. */
  public static Jobs csv(String name, SourceSpec.Column... columns) {
    return source(
        name,
        new SourceSpec(
            Interval.ALWAYS,
            List.of(columns),
            Lookback.NONE,
            new SourceSpec.Files(
                new SourceSpec.Landing("landing/{yyyy-MM-dd}.csv", SourceSpec.Missing.EMPTY),
                "csv",
                Map.of("header", "true")),
            origin(name)));
  }

  public Jobs every(Cadence cadence) {
    this.every = cadence;
    if (cadence == Cadence.NONE) {
      start = Interval.ALWAYS.from();
      partitionBy = List.of();
    }
    return this;
  }

  /** First and last interval's days, both included; a month or hour as its start. */
  public Jobs from(String first) {
    start = Civil.parse(first);
    return this;
  }

  public Jobs to(String last) {
    end = Optional.of(every.next(Civil.parse(last)));
    return this;
  }

  public Jobs delay(Duration wait) {
    this.delay = wait;
    return this;
  }

  public Jobs partitionBy(String... columns) {
    partitionBy = List.of(columns);
    return this;
  }

  public Jobs intervalBy(String column) {
    intervalBy = Optional.of(column);
    return this;
  }

  public Jobs input(String table) {
    return input(table, Input.Sight.CUT, Lookback.NONE, false);
  }

  public Jobs input(String table, Input.Sight sight) {
    return input(table, sight, Lookback.NONE, false);
  }

  public Jobs input(String table, Lookback lookback) {
    return input(table, Input.Sight.CUT, lookback, false);
  }

  public Jobs input(String table, Input.Sight sight, Lookback lookback, boolean follow) {
    TableName input = table(table);
    inputs.put(input, new Input(input, sight, lookback, follow, origin(name.toString())));
    return this;
  }

  public Jobs view(String view) {
    views.add(table(view));
    return this;
  }

  public Jobs expect(String rule, String sql, RowRule.Action action) {
    expect.add(new RowRule(rule, sql, action, origin(name.toString())));
    return this;
  }

  public Jobs require(TableRule rule) {
    require.add(rule);
    return this;
  }

  public Jobs limit(double percent) {
    limit = percent;
    return this;
  }

  public Jobs write(WriteSpec spec) {
    write = spec;
    return this;
  }

  public Jobs batch(int most) {
    batch = most;
    return this;
  }

  public Jobs retry(RetrySpec spec) {
    retry = spec;
    return this;
  }

  public Jobs timeout(Duration most) {
    timeout = Optional.of(most);
    return this;
  }

  public Jobs spark(String key, String value) {
    spark.put(key, value);
    return this;
  }

  public Jobs param(String key, String literal) {
    params.put(key, literal);
    return this;
  }

  public Jobs tag(String tag) {
    tags.add(tag);
    return this;
  }

  public Jobs fingerprint(String value) {
    fingerprint = value;
    return this;
  }

  public Job build() {
    Optional<String> by =
        intervalBy.or(() -> partitionBy.stream().findFirst()).filter(c -> every != Cadence.NONE);
    return new Job(
        name,
        origin(name.toString()),
        "A test's",
        tags,
        making,
        new Schedule(every, start, end, delay),
        new Shape(partitionBy, by),
        inputs,
        views,
        new Quality(expect, limit, require),
        write,
        new Effort(batch, Optional.empty(), retry, timeout, spark),
        params,
        fingerprint);
  }

  public static TableName table(String name) {
    return TableName.parse(name)
        .orElseThrow(() -> new IllegalArgumentException("Not layer.table: " + name));
  }

  /** Where the definition of a job would be: {@code jobs/analysis/fact.sql:1}. */
  public static Origin origin(String name) {
    return new Origin("jobs/" + name.replace('.', '/') + ".sql", 1);
  }

  /** A lake in UTC. */
  public static Lake lake(String root, Job... jobs) {
    return lake(root, ZoneId.of("UTC"), jobs);
  }

  public static Lake lake(String root, ZoneId zone, Job... jobs) {
    TreeMap<TableName, Job> byName = new TreeMap<>();
    for (Job job : jobs) {
      byName.put(job.name(), job);
    }
    return new Lake(
        "test",
        root,
        new LakeTime(zone),
        new LedgerSpec("jdbc:sqlite::memory:", Optional.empty(), Optional.empty()),
        2,
        Map.of(),
        byName);
  }

  /** The days from the first to the last, both included. */
  public static List<Interval> days(String first, String last) {
    return Cadence.DAY.split(new Interval(Civil.parse(first), Cadence.DAY.next(Civil.parse(last))));
  }

  public static Interval day(String date) {
    return Cadence.DAY.at(Civil.parse(date));
  }
}
