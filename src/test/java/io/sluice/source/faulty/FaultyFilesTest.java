package io.sluice.source.faulty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.Source;
import io.sluice.api.SourceException;
import io.sluice.api.SourceRows;
import io.sluice.lake.SourceSpec;
import io.sluice.source.LandingFolder;
import io.sluice.source.Rows;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two hundred damaged files of each kind, read in batches: each record carries a mark, and each
 * mark that is still in a file is in a row, or in quarantine with its text, file and place.
 */
class FaultyFilesTest {
  private static final int FILES = Integer.getInteger("sluice.faulty.files", 200);
  private static final int BATCH = 50;
  private static final LocalDate FIRST = LocalDate.of(2011, 1, 1);

  @TempDir Path temp;

  /**
   * @param file a file's text, by seed
   * @param source what reads the landing folder
   */
  record Kind(
      String name,
      BiFunction<Random, Integer, String> file,
      java.util.function.Function<LandingFolder, Source> source) {
    /** A header that ran together with a line names the columns so. */
    String records(String text) {
      return name.startsWith("csv") ? text.stripLeading().replaceFirst("[^\r\n]*", "") : text;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind(
            "csv",
            FaultyFilesTest::csv,
            folder -> folder.option("header", "true").source("{yyyy-MM-dd}.in", "csv")),
        new Kind(
            "csv with values that span lines",
            FaultyFilesTest::csv,
            folder ->
                folder
                    .option("header", "true")
                    .option("multiLine", "true")
                    .source("{yyyy-MM-dd}.in", "csv")),
        new Kind("json", FaultyFilesTest::json, folder -> folder.source("{yyyy-MM-dd}.in", "json")),
        new Kind("text", FaultyFilesTest::json, folder -> folder.source("{yyyy-MM-dd}.in", "text")),
        new Kind("weblog", FaultyFilesTest::weblog, FaultyFilesTest::weblogs),
        new Kind("xml", FaultyFilesTest::xml, FaultyFilesTest::elements),
        new Kind("fixed", FaultyFilesTest::fixed, FaultyFilesTest::places));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void nothingIsLostAndNothingComesTwice(Kind kind) {
    LandingFolder folder = new LandingFolder(temp).column("n", "n", "INT");
    List<Interval> days = new ArrayList<>();
    Map<LocalDateTime, byte[]> sent = new HashMap<>();
    for (int seed = 0; seed < FILES; seed++) {
      Random random = new Random(seed);
      byte[] bytes =
          Damage.done(random, kind.file().apply(random, seed).getBytes(StandardCharsets.UTF_8));
      LocalDate day = FIRST.plusDays(seed);
      folder.bytes(day + ".in", bytes);
      days.add(Cadence.DAY.at(day.atStartOfDay()));
      sent.put(day.atStartOfDay(), bytes);
    }
    Source source = kind.source().apply(folder);
    Map<LocalDateTime, List<String>> kept = new HashMap<>();
    List<Interval> refused = new ArrayList<>();
    for (int from = 0; from < FILES; from += BATCH) {
      read(source, days.subList(from, Math.min(FILES, from + BATCH)), kept, refused);
    }
    assertTrue(refused.size() < FILES / 10, refused::toString);
    refused.forEach(day -> sent.remove(day.from()));
    sent.forEach(
        (day, bytes) ->
            assertEquals(
                Damage.marks(kind.records(new String(bytes, StandardCharsets.ISO_8859_1))).stream()
                    .sorted()
                    .toList(),
                kept.getOrDefault(day, List.of()).stream().sorted().toList(),
                () ->
                    "%s, seed %d:%n%s"
                        .formatted(
                            kind,
                            FIRST.until(day.toLocalDate(), java.time.temporal.ChronoUnit.DAYS),
                            shown(bytes))));
  }

  /** Those that once cost records. */
  @ParameterizedTest
  @CsvSource({
    "weblog, a-field-of-100-kilobytes.log",
    "xml, an-element-without-its-first-tag.xml",
    "xml, an-element-twice-without-its-first-tag.xml",
    "fixed, two-lines-run-together.txt",
    "csv with values that span lines, a-quote-at-the-very-end.csv"
  })
  void theWorstAreKeptAsFiles(String kind, String file) throws IOException {
    Kind known = kinds().filter(one -> one.name().equals(kind)).findFirst().orElseThrow();
    byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/faulty", file));
    LandingFolder folder =
        new LandingFolder(temp).column("n", "n", "INT").bytes(FIRST + ".in", bytes);
    Map<LocalDateTime, List<String>> kept = new HashMap<>();
    List<Interval> refused = new ArrayList<>();

    read(
        known.source().apply(folder), List.of(Cadence.DAY.at(FIRST.atStartOfDay())), kept, refused);

    assertEquals(List.of(), refused);
    assertEquals(
        Damage.marks(known.records(new String(bytes, StandardCharsets.ISO_8859_1))).stream()
            .sorted()
            .toList(),
        kept.getOrDefault(FIRST.atStartOfDay(), List.of()).stream().sorted().toList());
  }

  /** As a task is read: where a batch fails, its halves are tried, down to the file to blame. */
  private static void read(
      Source source,
      List<Interval> days,
      Map<LocalDateTime, List<String>> kept,
      List<Interval> refused) {
    try {
      for (Row row : Rows.read(source, days).collectAsList()) {
        kept.computeIfAbsent(row.getAs(SourceRows.INTERVAL), day -> new ArrayList<>())
            .addAll(marks(row));
      }
    } catch (SourceException e) {
      if (days.size() == 1) {
        String file = days.get(0).from().toLocalDate() + ".in";
        assertTrue(String.valueOf(e.getMessage()).contains(file), e.getMessage());
        refused.addAll(days);
        return;
      }
      read(source, days.subList(0, days.size() / 2), kept, refused);
      read(source, days.subList(days.size() / 2, days.size()), kept, refused);
    }
  }

  private static String shown(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("x{50,}", "x…x");
    return text.length() > 3_000 ? text.substring(0, 3_000) : text;
  }

  private static List<String> marks(Row row) {
    String fault = row.getAs(SourceRows.REJECTED);
    if (fault != null) {
      assertTrue(fault.matches("(?s)(line|object|byte) \\d+: .+"), fault);
      assertTrue(String.valueOf(row.<Object>getAs(SourceRows.SOURCE)).endsWith(".in"));
      return Damage.marks(row.<String>getAs(SourceRows.RAW));
    }
    List<String> marks = new ArrayList<>();
    Arrays.stream(row.schema().fieldNames())
        .filter(name -> !name.startsWith("_sluice") && !name.equals(SourceRows.SOURCE))
        .forEach(name -> marks.addAll(Damage.marks(String.valueOf(row.<Object>getAs(name)))));
    return marks;
  }

  private static String mark(int seed, int n) {
    return "q%dx%dq".formatted(seed, n);
  }

  private static String csv(Random random, int seed) {
    boolean isTurned = random.nextBoolean();
    StringBuilder text = new StringBuilder(isTurned ? "n,id,note\n" : "id,note,n\n");
    for (int n = 1 + random.nextInt(15); n > 0; n--) {
      String note = random.nextInt(4) == 0 ? "\"a, \"\"b\"\"\"" : "plain";
      text.append(
          isTurned
              ? "%d,%s,%s%n".formatted(n, mark(seed, n), note)
              : "%s,%s,%d%n".formatted(mark(seed, n), note, n));
    }
    return text.toString();
  }

  private static String json(Random random, int seed) {
    StringBuilder text = new StringBuilder();
    for (int n = 1 + random.nextInt(15); n > 0; n--) {
      text.append(
          random.nextBoolean()
              ? "{\"id\": \"%s\", \"n\": %d, \"in\": {\"a\": [1, null]}}%n"
                  .formatted(mark(seed, n), n)
              : "{\"n\": \"%d\", \"id\": \"%s\"}%n".formatted(n, mark(seed, n)));
    }
    return text.toString();
  }

  private static String weblog(Random random, int seed) {
    StringBuilder text = new StringBuilder();
    for (int n = 1 + random.nextInt(15); n > 0; n--) {
      text.append(
          "10.0.0.%d - - [17/May/2015:10:05:%02d +0000] \"GET /%s?a=b HTTP/1.1\" 200 %d \"-\" \"curl \\\"x\\\"\"%n"
              .formatted(n, n, mark(seed, n), n));
    }
    return text.toString();
  }

  private static String xml(Random random, int seed) {
    StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?>\n<all xmlns:p=\"urn:p\">\n");
    for (int n = 1 + random.nextInt(15); n > 0; n--) {
      text.append(
          switch (random.nextInt(3)) {
            case 0 -> "<o n=\"%d\"><id>%s</id></o>%n".formatted(n, mark(seed, n));
            case 1 -> "<o><p:id>%s</p:id><n>%d</n><!-- - --></o>%n".formatted(mark(seed, n), n);
            default -> "<o id='%s'><line><n>%d</n></line><line/></o>%n".formatted(mark(seed, n), n);
          });
    }
    return text + "</all>\n";
  }

  private static String fixed(Random random, int seed) {
    StringBuilder text = new StringBuilder();
    for (int n = 1 + random.nextInt(15); n > 0; n--) {
      text.append("%-20s%5d%n".formatted(mark(seed, n), n));
    }
    return text.toString();
  }

  private static Source weblogs(LandingFolder folder) {
    return folder.source(
        new SourceSpec.Weblog(
            folder.landing("{yyyy-MM-dd}.in"), "combined", Map.of(), ZoneOffset.UTC, "UTF-8"));
  }

  private static Source elements(LandingFolder folder) {
    return folder.source(
        new SourceSpec.Xml(
            folder.landing("{yyyy-MM-dd}.in"), "o", Map.of(), Optional.empty(), Optional.empty()));
  }

  private static Source places(LandingFolder folder) {
    return folder.source(
        new SourceSpec.Fixed(
            folder.landing("{yyyy-MM-dd}.in"),
            List.of(
                new SourceSpec.Fixed.Field("id", new SourceSpec.Fixed.Place(1, 20)),
                new SourceSpec.Fixed.Field("n", new SourceSpec.Fixed.Place(21, 25))),
            Optional.empty(),
            "UTF-8"));
  }
}
