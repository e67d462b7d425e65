package io.sluice.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testing.TestSpark;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The verdict against the truth: Spark makes a day alone, and between two others. */
final class BatchingOnSparkTest {
  private static final LocalDate START = LocalDate.parse("2011-03-01");
  private static final int DAYS = 3;
  private static final long SEED = 20111209;

  private static final Pattern BOUNDED = Pattern.compile("raw\\.back|raw\\.p |intervals|EXISTS");

  private static SparkSession spark;

  @BeforeAll
  static void tables() {
    spark = TestSpark.session().newSession();
    spark.conf().set("spark.sql.shuffle.partitions", "1");
    spark.conf().set("spark.sql.adaptive.enabled", "false");
    spark.conf().set("spark.sql.codegen.wholeStage", "false");
    Random random = new Random(SEED);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rows.add(
          "(DATE '%s', %d, %d, %d, 'y%d', %d, array(%d, %d), %b)"
              .formatted(
                  START.plusDays(random.nextInt(DAYS)),
                  random.nextInt(4),
                  random.nextInt(3),
                  random.nextInt(5),
                  random.nextInt(3),
                  i,
                  random.nextInt(3),
                  random.nextInt(3),
                  random.nextInt(3) > 0));
    }
    base("ab", rows, "d, k, l, x, y, t, xs, in_a");
    rows.clear();
    for (int i = 0; i < 150; i++) {
      rows.add(
          "(DATE '%s', %d, %d)"
              .formatted(
                  START.plusDays(DAYS - 1 - random.nextInt(120)),
                  random.nextInt(3),
                  random.nextInt(9)));
    }
    base("back", rows, "d, k, x");
    base(
        "c",
        List.of(
            "(0, 1, DATE '2011-03-01', 'p')",
            "(1, 2, DATE '2011-03-02', 'q')",
            "(1, 3, DATE '2011-03-03', 'r')",
            "(7, 4, DATE '2011-02-01', 's')"),
        "k, x, day, other");
    base(
        "p",
        List.of(
            "(0, 10, DATE '2011-01-01', DATE '2011-03-02')",
            "(0, 11, DATE '2011-03-02', DATE '2011-03-03')",
            "(0, 12, DATE '2011-03-03', DATE '9999-12-31')",
            "(1, 20, DATE '2011-03-01', DATE '2011-03-03')",
            "(2, 30, DATE '2011-03-03', DATE '9999-12-31')"),
        "k, price, valid_from, valid_to");
  }

  private static void base(String name, List<String> rows, String columns) {
    spark
        .sql("SELECT * FROM VALUES %s AS t(%s)".formatted(String.join(", ", rows), columns))
        .createOrReplaceTempView("base_" + name);
  }

  /** Those that rest on bounds, and every fifth of the others: each costs Spark half a second. */
  static Stream<String> sql() {
    List<String> all = BatchableSql.all();
    return IntStream.range(0, all.size())
        .filter(i -> i % 5 == 0 || BOUNDED.matcher(all.get(i)).find())
        .mapToObj(all::get);
  }

  @ParameterizedTest
  @MethodSource("sql")
  void aDayMadeWithOthersIsTheDayMadeAlone(String sql) {
    LocalDate day = START.plusDays(1);
    List<String> alone = make(sql, day, day.plusDays(1), day);
    List<String> among = make(sql, START, START.plusDays(DAYS), day);
    assertEquals(String.join("\n", alone), String.join("\n", among), "seed " + SEED);
  }

  /** The rows of a day, made by a task that sees its inputs as the engine shows them. */
  private static List<String> make(String sql, LocalDate from, LocalDate to, LocalDate day) {
    String cut = "d >= DATE '%s' AND d < DATE '%s'".formatted(from, to);
    view("a", "SELECT d, k, l, x, y, t, xs FROM base_ab WHERE in_a AND " + cut);
    view("b", "SELECT d, k, l, x, y FROM base_ab WHERE (NOT in_a OR t % 3 = 0) AND " + cut);
    view("c", "SELECT * FROM base_c");
    view(
        "back",
        "SELECT * FROM base_back WHERE d >= DATE '%s' AND d < DATE '%s'"
            .formatted(from.minusDays(90), to));
    String later = "valid_to >= DATE '%s'".formatted(to);
    view(
        "p",
        "SELECT k, price, valid_from, if(%s, DATE '9999-12-31', valid_to) AS valid_to, %s AS is_current FROM base_p WHERE valid_from < DATE '%s'"
            .formatted(later, later, to));
    spark
        .sql(
            "SELECT day AS starts, date_add(day, 1) AS ends FROM (SELECT explode(sequence(DATE '%s', DATE '%s')) AS day)"
                .formatted(from, to.minusDays(1)))
        .createOrReplaceTempView("intervals");
    return spark.sql(sql.replace("raw.", "raw_")).collectAsList().stream()
        .filter(row -> row.getAs("d").toString().equals(day.toString()))
        .map(Row::toString)
        .sorted()
        .toList();
  }

  private static void view(String name, String sql) {
    spark.sql(sql).createOrReplaceTempView("raw_" + name);
  }
}
