package io.sluice.source;

import io.sluice.api.Source;
import io.sluice.api.SourceException;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.Schedule;
import io.sluice.lake.SourceSpec;
import io.sluice.source.files.FilesSource;
import io.sluice.source.jdbc.JdbcSource;
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
      return of(from.sources(), job.schedule(), lake.time(), lake.spark(), clock);
    }
    throw new IllegalArgumentException(job.name() + " is not made from a source");
  }

  static Source of(
      List<SourceSpec> specs,
      Schedule schedule,
      LakeTime time,
      Map<String, String> sparkSettings,
      Clock clock) {
    Supplier<Optional<Interval>> newest = () -> newestDue(schedule, time, clock);
    List<SpannedSource.Part> parts =
        specs.stream()
            .map(
                spec ->
                    new SpannedSource.Part(
                        spec.span(), one(spec, schedule, time, sparkSettings, clock, newest)))
            .toList();
    return parts.size() == 1 ? parts.get(0).source() : new SpannedSource(parts);
  }

  private static Source one(
      SourceSpec spec,
      Schedule schedule,
      LakeTime time,
      Map<String, String> sparkSettings,
      Clock clock,
      Supplier<Optional<Interval>> newest) {
    if (spec.kind() instanceof SourceSpec.Files files) {
      return new FilesSource(spec, files, schedule.every(), newest, sparkSettings);
    }
    if (spec.kind() instanceof SourceSpec.Jdbc jdbc) {
      return new JdbcSource(spec, jdbc, schedule.every(), time, newest, clock);
    }
    throw new IllegalArgumentException(
        spec.origin() + ": source: no reader for " + spec.kind().getClass().getSimpleName());
  }

  private static Optional<Interval> newestDue(Schedule schedule, LakeTime time, Clock clock) {
    return schedule
        .due(clock.instant(), time)
        .map(due -> schedule.every().split(due))
        .map(intervals -> intervals.get(intervals.size() - 1));
  }
}
