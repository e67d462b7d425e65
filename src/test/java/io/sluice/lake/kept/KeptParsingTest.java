package io.sluice.lake.kept;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lake.LakeLoader;
import io.sluice.lake.LoadedLake;
import io.sluice.lake.SqlParsing;
import io.sluice.sql.BatchVerdict;
import io.sluice.sql.InputShape;
import io.sluice.sql.ParsedSql;
import io.sluice.sql.SqlProblem;
import io.sluice.time.Lookback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptParsingTest {
  private static final Path SAMPLE = Path.of("").toAbsolutePath();
  private static final Map<String, String> VARIABLES = Map.of("SLUICE_PROJECT", SAMPLE.toString());
  private static final String SQL = "SELECT day, :vip AS vip FROM raw.t;\n";

  @TempDir Path folder;

  @Test
  void whatWasAskedOnceIsNotAskedAgain() {
    CountingParsing first = new CountingParsing();
    LoadedLake asked = sample(first);
    CountingParsing second = new CountingParsing();
    LoadedLake kept = sample(second);
    assertTrue(first.asked() > 10, "asked " + first.asked());
    assertEquals(0, second.asked());
    assertEquals(asked, kept);
    assertEquals(new LakeLoader().load(SAMPLE, Optional.empty(), VARIABLES), kept);
  }

  @Test
  void everyPartOfAQuestionCounts() {
    CountingParsing parser = new CountingParsing();
    try (KeptParsing kept = open(parser, "a")) {
      ParsedSql sql = kept.read(SQL, 1);
      ParsedSql lower = kept.read(SQL, 2);
      assertEquals(2, lower.tables().get(0).line());
      ParsedSql view = kept.read("SELECT day FROM raw.u", 1);
      InputShape cut = new InputShape(InputShape.Sight.CUT, Optional.of("day"));
      List<Map<String, InputShape>> inputs =
          List.of(
              Map.of("raw.t", cut),
              Map.of("raw.u", cut),
              Map.of("raw.t", cut, "raw.u", cut),
              Map.of("raw.t", new InputShape(InputShape.Sight.CUT, Optional.of("hour"))),
              Map.of("raw.t", new InputShape(InputShape.Sight.WHOLE, Optional.of("day"))),
              Map.of("raw.t", new InputShape(InputShape.Sight.WHOLE, Optional.empty())),
              Map.of("raw.t", lookingBack(1)),
              Map.of("raw.t", lookingBack(2)));
      for (Map<String, InputShape> shapes : inputs) {
        for (Map<String, ParsedSql> views :
            List.<Map<String, ParsedSql>>of(Map.of(), Map.of("raw.t", view))) {
          for (Optional<String> column : List.of(Optional.of("day"), Optional.<String>empty())) {
            BatchVerdict direct = SqlParsing.DIRECT.batching(sql, shapes, views, column);
            assertEquals(direct, kept.batching(sql, shapes, views, column));
          }
        }
      }
      kept.dateFilters(sql, Map.of());
      kept.dateFilters(sql, Map.of("raw.t", "day"));
      assertEquals(3 + 8 * 2 * 2 + 2, parser.asked());
    }
  }

  @Test
  void hintsAreKept() {
    String sql = "SELECT day FROM raw.t\nWHERE day >= '2011-01-01'";
    for (int time = 0; time < 2; time++) {
      try (KeptParsing kept = open(new CountingParsing(), "a")) {
        ParsedSql parsed = kept.read(sql, 5);
        assertEquals(
            SqlParsing.DIRECT.dateFilters(parsed, Map.of("raw.t", "day")),
            kept.dateFilters(parsed, Map.of("raw.t", "day")));
      }
    }
  }

  @Test
  void aProblemIsFoundAnew() {
    for (int time = 0; time < 2; time++) {
      try (KeptParsing kept = open(new CountingParsing(), "a")) {
        assertThrows(SqlProblem.class, () -> kept.read("SELEC 1", 1));
      }
    }
  }

  @Test
  void otherCodesAnswersAreNotBelieved() {
    assertEquals(1, asks("a"));
    assertEquals(0, asks("a"));
    assertEquals(1, asks("b"));
  }

  @Test
  void aDamagedFileHoldsNothing() throws IOException {
    asks("a");
    byte[] whole = Files.readAllBytes(file());
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file(), damaged);
      assertEquals(1, asks("a"), "byte " + at);
      Files.write(file(), Arrays.copyOf(whole, at));
      assertEquals(1, asks("a"), "cut at " + at);
    }
    assertEquals(0, asks("a"));
  }

  @Test
  void aFolderThatCannotBeMadeMeansNoFileAndNoFailure() throws IOException {
    Files.writeString(folder.resolve(".sluice"), "a file where the folder should be");
    assertEquals(1, asks("a"));
    assertEquals(1, asks("a"));
  }

  @Test
  void whatIsNotAskedAnyMoreIsDropped() throws IOException {
    asks("a");
    byte[] one = Files.readAllBytes(file());
    try (KeptParsing kept = open(new CountingParsing(), "a")) {
      kept.read(SQL, 1);
      kept.read("SELECT 2", 1);
    }
    assertFalse(Arrays.equals(one, Files.readAllBytes(file())));
    asks("a");
    assertArrayEquals(one, Files.readAllBytes(file()));
  }

  @Test
  void manyMayReadAndWriteAtTheSameTime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all =
          IntStream.range(0, 40)
              .<Future<?>>mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            try (KeptParsing kept = open(new CountingParsing(), "a")) {
                              assertEquals(
                                  List.of("raw.t"),
                                  kept
                                      .read("SELECT %d FROM raw.t".formatted(i), 1)
                                      .tables()
                                      .stream()
                                      .map(ParsedSql.TableReference::name)
                                      .toList());
                            }
                          }))
              .toList();
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }
    try (Stream<Path> left = Files.list(folder.resolve(".sluice"))) {
      assertEquals(List.of(file()), left.toList());
    }
    assertFalse(new AnswerFile(folder.resolve(".sluice"), "parsed", "a").read().isEmpty());
  }

  @Test
  void anEnvironmentHasAFileOfItsOwn() throws IOException {
    for (Optional<String> environment :
        List.of(Optional.<String>empty(), Optional.of("daily"), Optional.of("../up"))) {
      try (KeptParsing kept = KeptParsing.of(folder, environment)) {
        kept.read(SQL, 1);
      }
    }
    try (Stream<Path> files = Files.list(folder.resolve(".sluice"))) {
      assertEquals(
          List.of("parsed", "parsed.___up", "parsed.daily"),
          files.map(file -> String.valueOf(file.getFileName())).sorted().toList());
    }
  }

  private int asks(String answerer) {
    CountingParsing parser = new CountingParsing();
    try (KeptParsing kept = open(parser, answerer)) {
      assertEquals(SqlParsing.DIRECT.read(SQL, 1), kept.read(SQL, 1));
    }
    return parser.asked();
  }

  private LoadedLake sample(SqlParsing parser) {
    try (KeptParsing kept = open(parser, "a")) {
      return new LakeLoader(kept).load(SAMPLE, Optional.empty(), VARIABLES);
    }
  }

  private KeptParsing open(SqlParsing parser, String answerer) {
    return new KeptParsing(parser, new AnswerFile(folder.resolve(".sluice"), "parsed", answerer));
  }

  private Path file() {
    return folder.resolve(".sluice/parsed");
  }

  private static InputShape lookingBack(int days) {
    return new InputShape(
        InputShape.Sight.CUT_WITH_LOOKBACK,
        Optional.of("day"),
        Optional.of(new Lookback(days, ChronoUnit.DAYS)));
  }
}
