package io.sluice.source;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.lake.Origin;
import io.sluice.lake.SourceSpec;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.Lookback;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** A landing folder of a test, and the source that reads it. */
public final class LandingFolder {

  public final Path folder;
  private final Map<String, String> options = new TreeMap<>();
  private final List<SourceSpec.Column> columns = new ArrayList<>();
  private SourceSpec.Missing missing = SourceSpec.Missing.EMPTY;
  private Cadence every = Cadence.DAY;
  private Optional<Interval> newest = Optional.empty();
  private final List<String> exclude = new ArrayList<>();
  private Optional<String> ready = Optional.empty();
  private Duration settle = Duration.ZERO;
  private Clock clock = Clock.systemUTC();

  public LandingFolder(Path folder) {
    this.folder = folder;
  }

  public LandingFolder option(String name, String value) {
    options.put(name, value);
    return this;
  }

  public LandingFolder column(String received, String name, String type) {
    columns.add(new SourceSpec.Column(received, name, Optional.of(type)));
    return this;
  }

  public LandingFolder missing(SourceSpec.Missing policy) {
    missing = policy;
    return this;
  }

  public LandingFolder every(Cadence cadence) {
    every = cadence;
    return this;
  }

  public LandingFolder exclude(String pattern) {
    exclude.add(pattern);
    return this;
  }

  public LandingFolder ready(String name) {
    ready = Optional.of(name);
    return this;
  }

  /** Files must have been left alone for so long at this moment. */
  public LandingFolder settle(Duration time, Clock now) {
    settle = time;
    clock = now;
    return this;
  }

  public LandingFolder newestDue(Interval interval) {
    newest = Optional.of(interval);
    return this;
  }

  public LandingFolder file(String name, String text) {
    return file(name, text, StandardCharsets.UTF_8);
  }

  public LandingFolder file(String name, String text, Charset encoding) {
    return bytes(name, text.getBytes(encoding));
  }

  public LandingFolder bytes(String name, byte[] bytes) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public LandingFolder gzip(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Source source(String path, String format) {
    return source(new SourceSpec.Files(landing(path), format, options));
  }

  public SourceSpec.Landing landing(String path) {
    return new SourceSpec.Landing(folder + "/" + path, missing, exclude, ready, settle);
  }

  /** What is read of this folder in a form of one's own. */
  public Source source(SourceSpec.Landed kind) {
    SourceSpec spec =
        new SourceSpec(
            Interval.ALWAYS, columns, Lookback.NONE, kind, new Origin("jobs/raw/t.conf", 3));
    return Sources.landed(spec, kind, every, () -> newest, clock, Map.of());
  }

  public static Interval day(String date) {
    return Cadence.DAY.at(LocalDate.parse(date).atStartOfDay());
  }

  public static List<Interval> days(String from, String to) {
    return Cadence.DAY.split(day(from).span(day(to)));
  }

  public static Look at(Map<Interval, Look> looks, Interval interval) {
    return Objects.requireNonNull(looks.get(interval), interval::toString);
  }
}
