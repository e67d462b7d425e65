package io.sluice.source.nosql;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.SourceException;
import io.sluice.api.SourceRows;
import io.sluice.lake.SourceSpec;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

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
    return new CassandraRead(spec, cassandra, every, time, clock, failure)
        .of(spark, Present.of(looks));
  }

  @Override
  public Optional<SourceException> explain(Throwable failed, Map<Interval, Look> looks) {
    return CassandraFailure.of(failed).map(told -> failure.told(failed, false));
  }

  @Override
  public String toString() {
    return failure.name();
  }
}
