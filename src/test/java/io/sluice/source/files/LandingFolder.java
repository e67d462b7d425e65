package io.sluice.source.files;

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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** A landing folder of a test, and the source that reads it. */
final class LandingFolder {

  final Path folder;
  private final Map<String, String> options = new TreeMap<>();
  private final List<SourceSpec.Column> columns = new ArrayList<>();
  private SourceSpec.Missing missing = SourceSpec.Missing.EMPTY;
  private Cadence every = Cadence.DAY;
  private Optional<Interval> newest = Optional.empty();

  LandingFolder(Path folder) {
    this.folder = folder;
  }

  LandingFolder option(String name, String value) {
    options.put(name, value);
    return this;
  }

  LandingFolder column(String received, String name, String type) {
    columns.add(new SourceSpec.Column(received, name, Optional.of(type)));
    return this;
  }

  LandingFolder missing(SourceSpec.Missing policy) {
    missing = policy;
    return this;
  }

  LandingFolder every(Cadence cadence) {
    every = cadence;
    return this;
  }

  LandingFolder newestDue(Interval interval) {
    newest = Optional.of(interval);
    return this;
  }

  LandingFolder file(String name, String text) {
    return file(name, text, StandardCharsets.UTF_8);
  }

  LandingFolder file(String name, String text, Charset encoding) {
    return bytes(name, text.getBytes(encoding));
  }

  LandingFolder bytes(String name, byte[] bytes) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LandingFolder gzip(String name, String text) {
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

  Source source(String path, String format) {
    SourceSpec.Files files = new SourceSpec.Files(folder + "/" + path, format, options, missing);
    SourceSpec spec =
        new SourceSpec(
            Interval.ALWAYS, columns, Lookback.NONE, files, new Origin("jobs/raw/t.conf", 3));
    return new FilesSource(spec, files, every, () -> newest, Map.of());
  }

  static Interval day(String date) {
    return Cadence.DAY.at(LocalDate.parse(date).atStartOfDay());
  }

  static List<Interval> days(String from, String to) {
    return Cadence.DAY.split(day(from).span(day(to)));
  }

  static Look at(Map<Interval, Look> looks, Interval interval) {
    return Objects.requireNonNull(looks.get(interval), interval::toString);
  }
}
