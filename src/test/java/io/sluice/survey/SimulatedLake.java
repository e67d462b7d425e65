package io.sluice.survey;

import io.sluice.lake.Input;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.LedgerSpec;
import io.sluice.lake.SourceSpec;
import io.sluice.lake.TableName;
import io.sluice.lake.WriteSpec;
import io.sluice.testing.Jobs;
import io.sluice.time.Cadence;
import io.sluice.time.Civil;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import io.sluice.time.Lookback;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Makes up lakes: few jobs, but of every kind. */
final class SimulatedLake {
  private final Random random;
  private final String root;
  private final List<Job> jobs = new ArrayList<>();

  private SimulatedLake(Random random, String root) {
    this.random = random;
    this.root = root;
  }

  static Lake of(Random random, String root) {
    return new SimulatedLake(random, root).lake();
  }

  private Lake lake() {
    int raws = 1 + random.nextInt(2);
    for (int i = 0; i < raws; i++) {
      jobs.add(raw("raw.r" + i));
    }
    if (random.nextInt(3) == 0) {
      jobs.add(Jobs.external("raw.ext", root + "/elsewhere").from("2011-03-21").build());
    }
    int made = 2 + random.nextInt(4);
    for (int i = 0; i < made; i++) {
      jobs.add(derived("analysis.a" + i));
    }
    TreeMap<TableName, Job> byName = new TreeMap<>();
    jobs.forEach(job -> byName.put(job.name(), job));
    ZoneId zone =
        ZoneId.of(List.of("UTC", "Europe/Berlin", "America/St_Johns").get(random.nextInt(3)));
    return new Lake(
        "sim",
        root,
        new LakeTime(zone),
        new LedgerSpec("jdbc:sqlite:x", Optional.empty(), Optional.empty()),
        1 + random.nextInt(3),
        Map.of(),
        byName);
  }

  private Job raw(String name) {
    Lookback reread = random.nextInt(4) == 0 ? new Lookback(3, ChronoUnit.DAYS) : Lookback.NONE;
    SourceSpec.Kind kind =
        new SourceSpec.Files(
            new SourceSpec.Landing("landing/" + name, SourceSpec.Missing.EMPTY), "csv", Map.of());
    SourceSpec[] specs = {
      new SourceSpec(Interval.ALWAYS, List.of(), reread, kind, Jobs.origin(name))
    };
    if (random.nextInt(4) == 0) {
      Interval cut = Jobs.day("2011-03-25");
      specs =
          new SourceSpec[] {
            new SourceSpec(
                new Interval(Interval.ALWAYS.from(), cut.from()),
                List.of(),
                reread,
                kind,
                Jobs.origin(name)),
            new SourceSpec(
                new Interval(cut.from(), Interval.ALWAYS.to()),
                List.of(),
                reread,
                kind,
                Jobs.origin(name))
          };
    }
    Cadence every =
        random.nextInt(4) == 0 ? Cadence.HOUR : random.nextInt(8) == 0 ? Cadence.WEEK : Cadence.DAY;
    Jobs job = times(Jobs.source(name, specs), every);
    WriteSpec write =
        switch (random.nextInt(6)) {
          case 0 -> scd2();
          case 1 -> merge(true);
          case 2 -> merge(false);
          default -> new WriteSpec.Replace();
        };
    return job.write(write).batch(batch(write)).build();
  }

  private Job derived(String name) {
    Cadence every =
        switch (random.nextInt(10)) {
          case 0 -> Cadence.NONE;
          case 1 -> Cadence.WEEK;
          case 2 -> Cadence.MONTH;
          case 3 -> Cadence.HOUR;
          default -> Cadence.DAY;
        };
    Jobs job = times(Jobs.sql(name, "SELECT"), every);
    List<Job> others = new ArrayList<>(jobs);
    int inputs = 1 + random.nextInt(2);
    for (int i = 0; i < inputs && !others.isEmpty(); i++) {
      Job input = others.remove(random.nextInt(others.size()));
      boolean scd2 = input.write() instanceof WriteSpec.Scd2;
      boolean whole =
          every == Cadence.NONE || input.cutColumn().isEmpty() || random.nextInt(5) == 0;
      Input.Sight sight = scd2 ? Input.Sight.AS_OF : whole ? Input.Sight.WHOLE : Input.Sight.CUT;
      boolean follow =
          sight != Input.Sight.CUT && (every == Cadence.NONE || random.nextInt(2) == 0);
      job.input(input.name().toString(), sight, lookback(sight), follow);
    }
    WriteSpec write =
        every == Cadence.NONE
            ? new WriteSpec.Overwrite()
            : switch (random.nextInt(7)) {
              case 0 -> scd2();
              case 1 -> merge(true);
              case 2 -> merge(false);
              default -> new WriteSpec.Replace();
            };
    int batch = batch(write);
    if (every != Cadence.NONE && write instanceof WriteSpec.Replace && random.nextInt(6) == 0) {
      job.input(name, Input.Sight.SELF);
      batch = 1;
    }
    return job.write(write).batch(batch).build();
  }

  private Lookback lookback(Input.Sight sight) {
    if (sight != Input.Sight.CUT || random.nextInt(3) > 0) {
      return Lookback.NONE;
    }
    return random.nextBoolean()
        ? new Lookback(1 + random.nextInt(4), ChronoUnit.DAYS)
        : new Lookback(1, ChronoUnit.MONTHS);
  }

  private Jobs times(Jobs job, Cadence every) {
    job.every(every);
    if (every == Cadence.NONE) {
      return job;
    }
    LocalDateTime first = Civil.parse("2011-03-2" + (1 + random.nextInt(4)));
    job.from(Civil.text(every.floor(first)));
    if (random.nextInt(5) == 0) {
      job.to(Civil.text(every.floor(Civil.parse("2011-03-28"))));
    }
    if (random.nextInt(4) == 0) {
      job.delay(Duration.ofHours(random.nextInt(40)));
    }
    // Hours in partitions of their own would be instants; days of hours are what people write.
    return every == Cadence.HOUR ? job.partitionBy("day").intervalBy("at") : job;
  }

  private int batch(WriteSpec write) {
    return write.isOrdered() && write instanceof WriteSpec.Merge ? 1 : 1 + random.nextInt(8);
  }

  private static WriteSpec scd2() {
    return new WriteSpec.Scd2(List.of("key"), List.of(), Optional.empty(), Optional.empty(), false);
  }

  private static WriteSpec merge(boolean ordered) {
    return new WriteSpec.Merge(
        List.of("key"), ordered ? Optional.empty() : Optional.of("seq"), Optional.empty(), false);
  }
}
