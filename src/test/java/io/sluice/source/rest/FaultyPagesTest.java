package io.sluice.source.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.SourceException;
import io.sluice.api.SourceRows;
import io.sluice.source.Rows;
import io.sluice.source.faulty.Damage;
import io.sluice.testing.FakeApi;
import io.sluice.testing.FakeApi.Ask;
import io.sluice.testing.FakeApi.Reply;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hundred days of an API, each with one damaged page: each record carries a mark, and each mark
 * of a day is in a row, or in quarantine with its page and place; or the day is refused with them.
 */
class FaultyPagesTest {
  private static final int DAYS = Integer.getInteger("sluice.faulty.files", 200);
  private static final int BATCH = 50;
  private static final int SIZE = 12;
  private static final LocalDate FIRST = LocalDate.of(2011, 1, 1);

  @TempDir Path folder;

  /** What happens to a page; those that leave no JSON behind name the place where it ends. */
  private enum Fault {
    NONE,
    CUT("the JSON breaks off after [\\d,]+ bytes|the answer is empty"),
    FOR_PEOPLE("the answer is not JSON; it begins with <html>"),
    WIDE("the answer is not in UTF-8"),
    LATIN("the JSON is broken near byte [\\d,]+: Invalid UTF-8"),
    NUL("the JSON is broken near byte [\\d,]+: |the JSON breaks off after"),
    HUGE,
    TWICE,
    MARKED,
    PACKED("the answer is packed \\(gzip\\)"),
    SHORT("no answer: |the JSON breaks off"),
    NO_OBJECT,
    WRONG_TYPE,
    NO_LIST("there is no list at records = data.items"),
    BUSY("HTTP 500: oh"),
    ANY("the JSON |the answer |there is no list ");

    private final String told;

    /** The page is a page yet. */
    Fault() {
      this("");
    }

    Fault(String told) {
      this.told = told;
    }

    static Fault of(int seed) {
      return values()[seed % values().length];
    }

    boolean mayBeRefused() {
      return !told.isEmpty();
    }
  }

  @Test
  void nothingIsLostAndNothingComesTwiceAndAllIsThereOnceTheServerIsMended() {
    RestProject project = new RestProject(folder);
    Map<LocalDateTime, Map<Integer, List<String>>> sent = new ConcurrentHashMap<>();
    try (FakeApi api = new FakeApi(ask -> faulty(ask, sent))) {
      RestSource source =
          project.source(
              """
              url = "%s", query { day = "{from:yyyy-MM-dd}" }, records = data.items
              paging { type = page, size-parameter = n, size = %d }
              columns { n = int }
              """
                  .formatted(api.url("/orders"), SIZE));
      Map<LocalDateTime, String> refused = new TreeMap<>();

      Map<LocalDateTime, List<String>> kept = read(source, refused);

      refused.forEach((day, why) -> isTold(api, day, why));
      assertTrue(refused.size() > DAYS / 4, refused.size() + " were refused");
      for (int seed = 0; seed < DAYS; seed++) {
        LocalDateTime day = day(seed);
        if (refused.containsKey(day)) {
          assertFalse(kept.containsKey(day), day + " is refused, and there");
        } else {
          List<String> pages =
              sent.getOrDefault(day, Map.of()).values().stream().flatMap(List::stream).toList();
          assertEquals(
              pages.stream().sorted().toList(),
              sorted(kept, day),
              Fault.of(seed) + " of seed " + seed);
        }
      }

      api.answer(ask -> Reply.json(text(records(seed(ask), ask))));
      project.clock.advance(Duration.ofHours(2));
      refused.clear();
      Map<LocalDateTime, List<String>> mended = read(source, refused);

      assertEquals(Map.of(), refused);
      for (int seed = 0; seed < DAYS; seed++) {
        List<String> all = Damage.marks(String.join("", records(seed)));
        assertEquals(all.stream().sorted().toList(), sorted(mended, day(seed)), "seed " + seed);
      }
    }
  }

  private static List<String> sorted(Map<LocalDateTime, List<String>> marks, LocalDateTime day) {
    return marks.getOrDefault(day, List.of()).stream().sorted().toList();
  }

  private static void isTold(FakeApi api, LocalDateTime day, String why) {
    Fault fault = Fault.of((int) FIRST.until(day.toLocalDate(), ChronoUnit.DAYS));
    String place =
        "(?s)jobs/raw/orders.conf:1: source: page \\d of \\Q%s?day=%s\\E: (HTTP 200, .*: )?(%s).*"
            .formatted(api.url("/orders"), day.toLocalDate(), fault.told);
    assertTrue(fault.mayBeRefused() && why.matches(place), fault + ": " + why);
  }

  // ---- the server

  private static LocalDateTime day(int seed) {
    return FIRST.plusDays(seed).atStartOfDay();
  }

  private static int seed(Ask ask) {
    return (int) FIRST.until(LocalDate.parse(ask.parameter("day")), ChronoUnit.DAYS);
  }

  private static List<String> records(int seed) {
    Random random = new Random(seed);
    return IntStream.range(0, 1 + random.nextInt(20))
        .mapToObj(n -> record(random, "q%dx%dq".formatted(seed, n), n))
        .toList();
  }

  private static String record(Random random, String mark, int n) {
    return switch (random.nextInt(4)) {
      case 0 -> "{\"id\": \"%s\", \"n\": %d, \"in\": {\"a\": [1, null]}}".formatted(mark, n);
      case 1 ->
          "{\"n\": \"%d\",\n \"note\": \"\\\"a\\n\\u00e9 é\", \"id\": \"%s\"}".formatted(n, mark);
      case 2 -> "{\"lines\": [{\"sku\": \"%s\"}], \"n\": null}".formatted(mark);
      default -> "{\"id\": \"%s\"}".formatted(mark);
    };
  }

  private static List<String> records(int seed, Ask ask) {
    List<String> all = records(seed);
    int from = Math.min(all.size(), SIZE * (ask.number("page", 1) - 1));
    return all.subList(from, Math.min(all.size(), from + SIZE));
  }

  private static String text(List<String> records) {
    return "{\"data\": {\"items\": [" + String.join(",\n", records) + "]}, \"ok\": true}";
  }

  private static Reply faulty(Ask ask, Map<LocalDateTime, Map<Integer, List<String>>> sent) {
    int seed = seed(ask);
    List<String> records = records(seed, ask);
    int faultyPage = 1 + seed / Fault.values().length % 2;
    Reply reply =
        ask.number("page", 1) == faultyPage && !records.isEmpty()
            ? faulty(Fault.of(seed), new Random(seed), records)
            : Reply.json(text(records));
    sent.computeIfAbsent(day(seed), day -> new ConcurrentHashMap<>())
        .put(ask.number("page", 1), Damage.marks(reply.body()));
    return reply;
  }

  private static Reply faulty(Fault fault, Random random, List<String> records) {
    String good = text(records);
    byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
    int somewhere = random.nextInt(bytes.length);
    String first = records.get(0);
    return switch (fault) {
      case NONE -> Reply.json(good);
      case CUT -> Reply.bytes(Arrays.copyOf(bytes, somewhere));
      case FOR_PEOPLE -> Reply.of(200, "text/html", "<html><body>Please log in</body></html>");
      case WIDE -> Reply.bytes(good.getBytes(StandardCharsets.UTF_16LE));
      case LATIN ->
          Reply.bytes(changed(good, "id", "\u00E9 id").getBytes(StandardCharsets.ISO_8859_1));
      case NUL -> {
        bytes[somewhere] = 0;
        yield Reply.bytes(bytes);
      }
      case HUGE ->
          Reply.json(changed(good, "{\"", "{\"huge\": \"%s\", \"".formatted("x".repeat(300_000))));
      case TWICE ->
          Reply.json(good.replace(first, first.replace("{\"", "{\"n\": 7, \"n\": 8, \"")));
      case MARKED -> Reply.json("\uFEFF" + good);
      case PACKED -> Reply.bytes(Arrays.copyOf(gzip(bytes), 30)).with("Content-Encoding", "gzip");
      case SHORT -> Reply.bytes(Arrays.copyOf(bytes, somewhere)).cut(bytes.length - somewhere);
      case NO_OBJECT ->
          Reply.json(good.replace(first, "\"%s\"".formatted(Damage.marks(first).get(0))));
      case WRONG_TYPE -> Reply.json(good.replaceAll("\"n\": ?[^,}]*", "\"n\": \"many\""));
      case NO_LIST -> Reply.json(good.replace("items", "things"));
      case BUSY -> Reply.of(500, "text/plain", "oh");
      case ANY -> Reply.bytes(Damage.done(random, bytes));
    };
  }

  /** Behind the first record's beginning. */
  private static String changed(String page, String what, String by) {
    int at = page.indexOf(what, page.indexOf('['));
    return page.substring(0, at) + by + page.substring(at + what.length());
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  // ---- the reader

  /** Marks by day, read in batches; as in a run, a day that is to blame is left out. */
  private static Map<LocalDateTime, List<String>> read(
      RestSource source, Map<LocalDateTime, String> refused) {
    Map<LocalDateTime, List<String>> kept = new HashMap<>();
    for (int from = 0; from < DAYS; from += BATCH) {
      List<Interval> days =
          IntStream.range(from, Math.min(DAYS, from + BATCH))
              .mapToObj(seed -> Cadence.DAY.at(day(seed)))
              .collect(Collectors.toCollection(ArrayList::new));
      for (Row row : rows(source, days, refused)) {
        kept.computeIfAbsent(row.getAs(SourceRows.INTERVAL), day -> new ArrayList<>())
            .addAll(marks(row));
      }
    }
    return kept;
  }

  private static List<Row> rows(
      RestSource source, List<Interval> days, Map<LocalDateTime, String> refused) {
    while (true) {
      try {
        return Rows.read(source, days).collectAsList();
      } catch (SourceException e) {
        assertEquals(1, e.culprits().size(), e.getMessage());
        refused.put(e.culprits().get(0).from(), String.valueOf(e.getMessage()));
        days.removeAll(e.culprits());
      }
    }
  }

  private static List<String> marks(Row row) {
    String asked = row.getAs(SourceRows.SOURCE);
    LocalDateTime day = row.getAs(SourceRows.INTERVAL);
    assertTrue(asked.matches(".*/orders\\?day=%s#page=\\d".formatted(day.toLocalDate())), asked);
    String fault = row.getAs(SourceRows.REJECTED);
    if (fault != null) {
      assertTrue(fault.matches("(?s)record \\d+: .+"), fault);
      return Damage.marks(row.<String>getAs(SourceRows.RAW));
    }
    List<String> marks = new ArrayList<>();
    Arrays.stream(row.schema().fieldNames())
        .filter(name -> !name.startsWith("_"))
        .forEach(name -> marks.addAll(Damage.marks(String.valueOf(row.<Object>getAs(name)))));
    return marks;
  }
}
