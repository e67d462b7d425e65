package io.sluice.source.files;

import io.sluice.api.Look;
import io.sluice.source.landing.ItemBytes;
import io.sluice.source.landing.ItemException;
import io.sluice.source.records.Utf8;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Reads the first line of each file, and puts files with the same columns together. */
final class CsvHeaders {

  private static final int THREADS = 8;
  private static final int LONGEST = 1 << 20;

  private final CsvDialect dialect;
  private final Configuration storage;

  CsvHeaders(CsvDialect dialect, Configuration storage) {
    this.dialect = dialect;
    this.storage = storage;
  }

  /** Files by their columns; those without a line are left out. */
  Map<List<String>, List<Look.Item>> group(List<Look.Item> items) {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, items.size()));
    try {
      List<Future<Optional<List<String>>>> headers = new ArrayList<>();
      for (Look.Item item : items) {
        headers.add(threads.submit(() -> columns(item)));
      }
      Map<List<String>, List<Look.Item>> groups = new LinkedHashMap<>();
      for (int i = 0; i < items.size(); i++) {
        Look.Item item = items.get(i);
        headers
            .get(i)
            .get()
            .ifPresent(
                columns -> groups.computeIfAbsent(columns, c -> new ArrayList<>()).add(item));
      }
      return groups;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ItemException known ? known : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while reading headers", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Optional<List<String>> columns(Look.Item item) {
    try (BufferedReader reader = open(item.id())) {
      Optional<List<String>> fields = firstLine(reader).map(line -> dialect.split(line).values());
      return fields.map(dialect.hasHeader() ? CsvHeaders::names : CsvHeaders::numbers);
    } catch (FileNotFoundException e) {
      throw new ItemException(
          item.id(), "%s went away before it was read".formatted(item.id()), true, e);
    } catch (IOException | IllegalArgumentException e) {
      throw new ItemException(
          item.id(),
          "%s can't be read: %s; it may be cut off or not what its name says: have it sent again"
              .formatted(item.id(), e.getMessage()),
          false,
          e);
    }
  }

  private BufferedReader open(String id) throws IOException {
    PushbackInputStream text =
        Utf8.of(ItemBytes.open(id, storage), Charset.forName(dialect.encoding()));
    Utf8.skipMark(text);
    return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
  }

  /** The first line that is neither empty nor a comment; several where a quote spans them. */
  private Optional<String> firstLine(BufferedReader reader) throws IOException {
    StringBuilder record = new StringBuilder();
    for (String line = line(reader); line != null; line = line(reader)) {
      if (record.isEmpty() && (line.isBlank() || dialect.isComment(line))) {
        continue;
      }
      record.append(line);
      if (!dialect.isMultiLine()
          || record.length() > LONGEST
          || !dialect.split(record.toString()).isOpen()) {
        return Optional.of(record.toString());
      }
      record.append('\n');
    }
    return record.isEmpty() ? Optional.empty() : Optional.of(record.toString());
  }

  private @Nullable String line(BufferedReader reader) throws IOException {
    String end = dialect.lineEnd();
    if (end.isEmpty()) {
      return reader.readLine();
    }
    StringBuilder line = new StringBuilder();
    int letter = reader.read();
    while (letter >= 0 && line.length() <= LONGEST) {
      line.append((char) letter);
      if (line.lastIndexOf(end) == line.length() - end.length() && line.length() >= end.length()) {
        return line.substring(0, line.length() - end.length());
      }
      letter = reader.read();
    }
    return line.isEmpty() ? null : line.toString();
  }

  /** A name that is there twice gets a number, an empty one its place. */
  private static List<String> names(List<String> fields) {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < fields.size(); i++) {
      String received = fields.get(i).strip();
      String name = received.isEmpty() ? "_c" + i : received;
      for (int n = 2; !seen.add(name.toLowerCase(Locale.ROOT)); n++) {
        name = received + "_" + n;
      }
      names.add(name);
    }
    return names;
  }

  private static List<String> numbers(List<String> fields) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      names.add("_c" + i);
    }
    return names;
  }
}
