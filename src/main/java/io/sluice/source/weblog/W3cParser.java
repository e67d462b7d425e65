package io.sluice.source.weblog;

import io.sluice.source.records.Parsed;
import io.sluice.source.records.RecordParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart logs in the extended format of the W3C, as IIS writes them
 * (https://www.w3.org/TR/WD-logfile): {@code #Fields} names the values of the lines after it.
 */
final class W3cParser implements RecordParser {

  static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("c-ip", "client"),
          Map.entry("cs-username", "user"),
          Map.entry("cs-method", "method"),
          Map.entry("cs-uri", "target"),
          Map.entry("cs-uri-stem", "path"),
          Map.entry("cs-uri-query", "query"),
          Map.entry("cs-version", "protocol"),
          Map.entry("sc-status", "status"),
          Map.entry("sc-bytes", "bytes"),
          Map.entry("cs(referer)", "referer"),
          Map.entry("cs(user-agent)", "agent"));

  private static final Set<String> IS_TIME = Set.of("date", "time");

  private final LogFields fields;
  private final LogValue time;
  private List<String> names = List.of();
  private String date = "";

  W3cParser(LogFields fields, String zone) {
    this.fields = fields;
    this.time = LogValue.time(fields.columns().fieldIndex("time"), new LogTime.Iso(zone));
  }

  @Override
  public Parsed parse(byte[] bytes, int length, @Nullable Object[] values) {
    if (length == 0) {
      return Parsed.NOTHING;
    }
    if (bytes[0] == '#') {
      directive(new String(bytes, 0, length, StandardCharsets.UTF_8));
      return Parsed.NOTHING;
    }
    if (names.isEmpty()) {
      return new Parsed.Fault("no #Fields line stands before it, which would name its values");
    }
    return line(Arrays.copyOf(bytes, length), values);
  }

  private void directive(String line) {
    if (line.startsWith("#Fields:")) {
      names = List.of(line.substring("#Fields:".length()).strip().split("\\s+"));
    } else if (line.startsWith("#Date:")) {
      date = line.substring("#Date:".length()).strip().split("\\s+")[0];
    }
  }

  private Parsed line(byte[] line, @Nullable Object[] values) {
    List<int[]> texts = split(line);
    if (texts.size() != names.size()) {
      return new Parsed.Fault(
          "it has %,d values where #Fields names %,d".formatted(texts.size(), names.size()));
    }
    Map<String, String> rest = new LinkedHashMap<>();
    String day = date;
    String moment = "";
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      int from = texts.get(i)[0];
      int to = texts.get(i)[1];
      day = name.equals("date") ? text(line, from, to) : day;
      moment = name.equals("time") ? text(line, from, to) : moment;
      Optional<LogFields.Field> field = fields.of(name);
      if (field.isPresent()) {
        Optional<String> fault = field.get().value().put(line, from, to, values);
        if (fault.isPresent()) {
          return new Parsed.Fault(fault.get());
        }
      } else if (!IS_TIME.contains(name) && !LogValue.isNothing(line, from, to)) {
        rest.put(name, text(line, from, to));
      }
    }
    if (!rest.isEmpty()) {
      values[fields.rest()] = UTF8String.fromString(Rest.json(rest));
    }
    return moment.isEmpty() ? Parsed.ROW : time(day + "T" + moment, values);
  }

  private Parsed time(String text, @Nullable Object[] values) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Optional<String> fault = time.put(bytes, 0, bytes.length, values);
    return fault.isPresent() ? new Parsed.Fault(fault.get()) : Parsed.ROW;
  }

  private static String text(byte[] line, int from, int to) {
    return new String(line, from, to - from, StandardCharsets.UTF_8);
  }

  /** Beginnings and ends: values are parted by blanks or tabs, and may stand in quotes. */
  private static List<int[]> split(byte[] line) {
    List<int[]> texts = new ArrayList<>();
    int at = 0;
    while (at < line.length) {
      if (line[at] == ' ' || line[at] == '\t') {
        at++;
        continue;
      }
      boolean isQuoted = line[at] == '"';
      int from = isQuoted ? at + 1 : at;
      int to = from;
      while (to < line.length
          && (isQuoted ? line[to] != '"' : line[to] != ' ' && line[to] != '\t')) {
        to++;
      }
      texts.add(new int[] {from, to});
      at = to + 1;
    }
    return texts;
  }
}
