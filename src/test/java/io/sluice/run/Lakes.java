package io.sluice.run;

import io.sluice.lake.Effort;
import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.LedgerSpec;
import io.sluice.lake.Making;
import io.sluice.lake.Origin;
import io.sluice.lake.Quality;
import io.sluice.lake.RetrySpec;
import io.sluice.lake.Schedule;
import io.sluice.lake.Shape;
import io.sluice.lake.TableName;
import io.sluice.lake.WriteSpec;
import io.sluice.plan.PlannedTask;
import io.sluice.plan.Reason;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import io.sluice.time.Lookback;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A small lake of days: sales → fact → daily, fact with rates of a week, and a dimension. */
final class Lakes {
  static final TableName SALES = name("raw.sales");
  static final TableName RATES = name("raw.fx_rate");
  static final TableName FACT = name("analysis.fact_sale");
  static final TableName PRODUCT = name("analysis.dim_product");
  static final TableName DAILY = name("aggregate.daily_sales");

  private static final LocalDateTime FIRST = LocalDateTime.of(2011, 3, 1, 0, 0);
  private static final WriteSpec SCD2 =
      new WriteSpec.Scd2(List.of("code"), List.of(), Optional.empty(), Optional.empty(), false);

  private Lakes() {}

  static Lake retail(int parallel) {
    return retail(parallel, Optional.empty());
  }

  static Lake retail(int parallel, Optional<Duration> timeout) {
    WriteSpec replace = new WriteSpec.Replace();
    return lake(
        parallel,
        job(SALES, replace, timeout),
        job(RATES, replace, timeout),
        job(FACT, replace, timeout, cut(SALES, 0), cut(RATES, 7)),
        job(PRODUCT, SCD2, timeout, cut(SALES, 0)),
        job(DAILY, replace, timeout, cut(FACT, 0), sight(PRODUCT, Input.Sight.AS_OF)));
  }

  static Lake lake(int parallel, Job... jobs) {
    TreeMap<TableName, Job> byName = new TreeMap<>();
    for (Job job : jobs) {
      byName.put(job.name(), job);
    }
    return new Lake(
        "retail",
        "file:/lake",
        new LakeTime(ZoneOffset.UTC),
        new LedgerSpec("jdbc:sqlite::memory:", Optional.empty(), Optional.empty()),
        parallel,
        Map.of(),
        byName);
  }

  static Job job(TableName name, WriteSpec write, Optional<Duration> timeout, Input... inputs) {
    Map<TableName, Input> byName = new LinkedHashMap<>();
    for (Input input : inputs) {
      byName.put(input.table(), input);
    }
    return new Job(
        name,
        new Origin("jobs/" + name + ".conf", 1),
        "",
        List.of(),
        new Making.FromSource(List.of()),
        new Schedule(Cadence.DAY, FIRST, Optional.empty(), Duration.ZERO),
        new Shape(List.of("day"), Optional.of("day")),
        byName,
        List.of(),
        new Quality(List.of(), Quality.DEFAULT_LIMIT_PERCENT, List.of()),
        write,
        new Effort(31, Optional.empty(), RetrySpec.DEFAULT, timeout, Map.of()),
        Map.of(),
        "v1");
  }

  static Input cut(TableName table, int days) {
    return new Input(
        table,
        Input.Sight.CUT,
        new Lookback(days, ChronoUnit.DAYS),
        false,
        new Origin("jobs/x.sql", 1));
  }

  static Input sight(TableName table, Input.Sight sight) {
    return new Input(table, sight, Lookback.NONE, false, new Origin("jobs/x.sql", 1));
  }

  static TableName name(String text) {
    return TableName.parse(text).orElseThrow();
  }

  /** A day of March 2011; 32 is the first of April. */
  static Interval day(int day) {
    return Cadence.DAY.at(LocalDate.of(2011, 3, 1).plusDays(day - 1).atStartOfDay());
  }

  static List<Interval> days(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(Lakes::day).toList();
  }

  static PlannedTask task(TableName job, int first, int last) {
    return new PlannedTask(
        job, Cadence.DAY, days(first, last), Map.of(Reason.MISSING, "never made"));
  }

  /** What is only planned because its inputs are. */
  static PlannedTask follower(TableName job, int first, int last) {
    return new PlannedTask(job, Cadence.DAY, days(first, last), Map.of(Reason.UPSTREAM, "it"));
  }
}
