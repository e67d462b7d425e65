package io.sluice.laws;

import io.sluice.testing.TestSpark;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A process that reads a table over and over, without Sluice, and says what it should not have
 * seen. It ends when nobody holds its standard input any more.
 */
final class PollingReader {
  static final String BROKEN = "broken: ";
  static final String READY = "ready";
  static final String POLLS = "polls ";

  private static final AtomicBoolean IS_OVER = new AtomicBoolean();

  private PollingReader() {}

  /**
   * @param args the table's path, and how many rows each of its days has
   */
  public static void main(String[] args) {
    int rowsADay = Integer.parseInt(args[1]);
    Thread ear = new Thread(PollingReader::listen, "ear");
    ear.setDaemon(true);
    ear.start();
    long polls = 0;
    Set<String> states = new HashSet<>();
    SparkSession spark = TestSpark.session();
    spark.conf().set("spark.sql.codegen.wholeStage", false);
    spark.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    while (!IS_OVER.get()) {
      List<Row> rows =
          spark
              .read()
              .format("delta")
              .load(args[0])
              .selectExpr("CAST(day AS STRING)", "code", "amount", "round")
              .collectAsList();
      states.add(look(rows, rowsADay));
      if (polls++ == 0) {
        System.out.println(READY);
      }
    }
    System.out.println(POLLS + polls + " " + states.size());
    System.exit(0);
  }

  /** Until somebody says something, or is gone. */
  private static void listen() {
    try {
      System.in.read();
    } catch (IOException e) {
      // Who would have spoken is gone.
    }
    IS_OVER.set(true);
  }

  /** What the table is like now: which round each day is of. */
  private static String look(List<Row> rows, int rowsADay) {
    Map<String, Set<String>> codes = new HashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    Set<String> rounds = new TreeSet<>();
    for (Row row : rows) {
      String day = row.getString(0);
      rounds.add(day + " " + row.getInt(3));
      counts.merge(day, 1, Integer::sum);
      if (!codes.computeIfAbsent(day, any -> new HashSet<>()).add(row.getString(1))) {
        System.out.println(BROKEN + "a code twice: " + row);
      }
      if (row.getInt(2) <= 0) {
        System.out.println(BROKEN + "an amount that may not be: " + row);
      }
    }
    if (rounds.size() != counts.size()) {
      System.out.println(BROKEN + "a day of two rounds: " + rounds);
    }
    counts.forEach(
        (day, count) -> {
          if (count != rowsADay) {
            System.out.println(BROKEN + "%s has %d rows".formatted(day, count));
          }
        });
    return rounds.toString();
  }
}
