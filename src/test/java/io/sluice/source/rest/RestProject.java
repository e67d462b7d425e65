package io.sluice.source.rest;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.LakeLoader;
import io.sluice.lake.Making;
import io.sluice.lake.SourceSpec;
import io.sluice.lake.TableName;
import io.sluice.testing.SettableClock;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** A source as its definition says, at a clock that stands still and sleeps without waiting. */
final class RestProject {
  static final Map<String, String> VARIABLES =
      Map.of("SECRET", "s3cr3t-Value/+", "ID", "our-client", "BROKEN", "s3cr3t\nX: y");

  final SettableClock clock = new SettableClock(Instant.parse("2011-01-05T04:00:00Z"));
  final List<Duration> slept = new ArrayList<>();
  private final Path folder;

  RestProject(Path folder) {
    this.folder = folder;
  }

  static Interval day(String date) {
    return Cadence.DAY.at(LocalDate.parse(date).atStartOfDay());
  }

  /** The settings of the source, but for its type. */
  SourceSpec spec(String settings) {
    try {
      Files.createDirectories(folder.resolve("conf"));
      Files.createDirectories(folder.resolve("jobs/raw"));
      Files.writeString(folder.resolve("conf/lake.conf"), "name = shop\n");
      Files.writeString(
          folder.resolve("jobs/raw/orders.conf"),
          "source { type = rest, %s }\npartition-by = day\nstart = 2011-01-01\n"
              .formatted(settings));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Lake lake = new LakeLoader().load(folder, Optional.empty(), VARIABLES).lake();
    Job job = lake.job(TableName.parse("raw.orders").orElseThrow());
    return ((Making.FromSource) job.making()).sources().get(0);
  }

  RestSource source(String settings) {
    SourceSpec spec = spec(settings);
    return new RestSource(
        spec,
        (SourceSpec.Rest) spec.kind(),
        Cadence.DAY,
        new LakeTime(ZoneOffset.UTC),
        "file:" + received(),
        () -> Optional.of(day("2011-01-04")),
        clock,
        this::sleep);
  }

  /** All pages of a day, without Spark. */
  Received fetch(String settings, String date) {
    SourceSpec spec = spec(settings);
    Requests requests =
        new Requests((SourceSpec.Rest) spec.kind(), Cadence.DAY, new LakeTime(ZoneOffset.UTC));
    Fetch fetch =
        new Fetch(
            requests, clock, new Tries(clock, this::sleep, () -> 0.5), spec.origin().toString());
    try {
      return fetch.all(
          day(date),
          FileSystem.getLocal(new Configuration()),
          new org.apache.hadoop.fs.Path(received() + "/" + date));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sleep(Duration pause) {
    slept.add(pause);
    clock.advance(pause);
  }

  Path received() {
    return folder.resolve("received");
  }

  /** What the files hold that were kept, one text after the other, with their names. */
  String kept() {
    try (Stream<Path> files = Files.walk(received())) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (!file.toString().endsWith(".crc")) {
          all.append(file.getFileName()).append('\n').append(Files.readString(file)).append('\n');
        }
      }
      return all.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
