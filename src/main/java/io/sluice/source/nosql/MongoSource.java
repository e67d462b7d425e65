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
import org.apache.spark.sql.types.StructType;

/** A collection of MongoDB. */
public final class MongoSource implements Source {
  private final SourceSpec spec;
  private final SourceSpec.Mongo mongo;
  private final Cadence every;
  private final LakeTime time;
  private final Supplier<Optional<Interval>> newestDue;
  private final Clock clock;
  private final MongoFailure failure;

  /**
   * @param newestDue the newest due interval, where nothing else is known
   */
  public MongoSource(
      SourceSpec spec,
      SourceSpec.Mongo mongo,
      Cadence every,
      LakeTime time,
      Supplier<Optional<Interval>> newestDue,
      Clock clock) {
    this.spec = spec;
    this.mongo = mongo;
    this.every = every;
    this.time = time;
    this.newestDue = newestDue;
    this.clock = clock;
    this.failure = new MongoFailure(mongo, spec.origin().toString());
  }

  @Override
  public Map<Interval, Look> look(List<Interval> intervals, KnownItems known) {
    if (mongo.by().isPresent()) {
      return Look.ofAny(intervals);
    }
    return Look.ofThePresent(
        intervals,
        known.newest().or(newestDue),
        "%s is only known as it is now; with by = FIELD in the source, documents of the past can be asked for"
            .formatted(failure.name()));
  }

  @Override
  public SourceRows read(SparkSession spark, Map<Interval, Look> looks) {
    return read(spark, looks, new StructType());
  }

  @Override
  public SourceRows read(SparkSession spark, Map<Interval, Look> looks, StructType table) {
    return new MongoRead(spec, mongo, every, time, clock, failure, table)
        .of(spark, Present.of(looks));
  }

  @Override
  public Optional<SourceException> explain(Throwable failed, Map<Interval, Look> looks) {
    return MongoFailure.of(failed).map(told -> failure.told(failed, false));
  }

  @Override
  public String toString() {
    return failure.name();
  }
}
