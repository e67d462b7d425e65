package io.sluice.source;

import io.sluice.api.Source;
import io.sluice.api.SourceException;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.Schedule;
import io.sluice.lake.SourceSpec;
import io.sluice.source.files.FileFormats;
import io.sluice.source.fixed.FixedFormat;
import io.sluice.source.jdbc.JdbcSource;
import io.sluice.source.landing.LandedFormat;
import io.sluice.source.landing.LandingSource;
import io.sluice.source.nosql.CassandraSource;
import io.sluice.source.nosql.MongoSource;
import io.sluice.source.rest.RestSource;
import io.sluice.source.rest.Sleeper;
import io.sluice.source.weblog.WeblogFormat;
import io.sluice.source.xml.XmlFormat;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the source that a job's definition names. */
public final class Sources {
  private Sources() {}

  /**
   * @throws SourceException where the definition can't be meant
   * @throws IllegalArgumentException where the job is not made from a source
   */
  public static Source of(Job job, Lake lake, Clock clock) {
    if (job.making() instanceof Making.FromSource from) {
      return of(
          from.sources(),
          job.schedule(),
          lake.time(),
          lake.spark(),
          lake.receivedPath(job.name()),
          clock);
    }
    throw new IllegalArgumentException(job.name() + " is not made from a source");
  }

  static Source of(
      List<SourceSpec> specs,
      Schedule schedule,
      LakeTime time,
      Map<String, String> sparkSettings,
      String received,
      Clock clock) {
    Supplier<Optional<Interval>> newest = () -> newestDue(schedule, time, clock);
    List<SpannedSource.Part> parts =
        specs.stream()
            .map(
                spec ->
                    new SpannedSource.Part(
                        spec.span(),
                        one(spec, schedule, time, sparkSettings, received, clock, newest)))
            .toList();
    return parts.size() == 1 ? parts.get(0).source() : new SpannedSource(parts);
  }

  private static Source one(
      SourceSpec spec,
      Schedule schedule,
      LakeTime time,
      Map<String, String> sparkSettings,
      String received,
      Clock clock,
      Supplier<Optional<Interval>> newest) {
    try {
      if (spec.kind() instanceof SourceSpec.Jdbc jdbc) {
        return new JdbcSource(spec, jdbc, schedule.every(), time, newest, clock);
      }
      if (spec.kind() instanceof SourceSpec.Rest rest) {
        return new RestSource(
            spec, rest, schedule.every(), time, received, newest, clock, Sleeper.real());
      }
      if (spec.kind() instanceof SourceSpec.Mongo mongo) {
        return new MongoSource(spec, mongo, schedule.every(), time, newest, clock);
      }
      if (spec.kind() instanceof SourceSpec.Cassandra cassandra) {
        return new CassandraSource(spec, cassandra, schedule.every(), time, newest, clock);
      }
      if (spec.kind() instanceof SourceSpec.Landed landed) {
        return landed(spec, landed, schedule.every(), newest, clock, sparkSettings);
      }
    } catch (IllegalArgumentException e) {
      throw SourceException.ofAll(spec.origin() + ": source: " + e.getMessage(), e);
    }
    throw noReader(spec.kind());
  }

  /** What lies in a landing folder. */
  static Source landed(
      SourceSpec spec,
      SourceSpec.Landed landed,
      Cadence every,
      Supplier<Optional<Interval>> newestDue,
      Clock clock,
      Map<String, String> sparkSettings) {
    return new LandingSource(
        spec,
        landed.landing(),
        () -> format(spec, landed),
        landed.options(),
        every,
        newestDue,
        clock,
        sparkSettings);
  }

  private static LandedFormat format(SourceSpec spec, SourceSpec.Landed landed) {
    if (landed instanceof SourceSpec.Files files) {
      return FileFormats.of(files);
    }
    if (landed instanceof SourceSpec.Weblog log) {
      return WeblogFormat.of(
          log, spec.columns().stream().map(SourceSpec.Column::received).toList());
    }
    if (landed instanceof SourceSpec.Xml xml) {
      return XmlFormat.of(xml, spec.columns());
    }
    if (landed instanceof SourceSpec.Fixed fixed) {
      return FixedFormat.of(fixed);
    }
    throw noReader(landed);
  }

  private static IllegalStateException noReader(SourceSpec.Kind kind) {
    return new IllegalStateException("no reader for " + kind.getClass().getSimpleName());
  }

  private static Optional<Interval> newestDue(Schedule schedule, LakeTime time, Clock clock) {
    return schedule
        .due(clock.instant(), time)
        .map(due -> schedule.every().split(due))
        .map(intervals -> intervals.get(intervals.size() - 1));
  }
}
