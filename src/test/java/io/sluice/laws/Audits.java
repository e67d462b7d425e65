package io.sluice.laws;

import io.sluice.cli.Shell;
import io.sluice.ledger.AttemptRow;
import io.sluice.time.Cadence;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A reader polls a table whose rules pass and fail all the time, by both ways to commit. */
final class Audits implements Part {
  private static final int AUDITS = 200;
  private static final int DAYS = 5;
  private static final int ROWS_A_DAY = 20;
  private static final LocalDate FIRST = LocalDate.of(2011, 1, 1);
  private static final String TABLE = "analysis.line";

  @Override
  public void run(Ground ground) throws IOException, InterruptedException {
    polled(ground, true, ground.times(AUDITS / 2));
    polled(ground, false, ground.times(AUDITS / 2));
  }

  private static void polled(Ground ground, boolean internals, int audits)
      throws IOException, InterruptedException {
    String way = internals ? "Delta's transaction" : "public API";
    TestLake lake = lake(ground, internals);
    Map<LocalDate, Integer> expected = new TreeMap<>();
    for (int i = 0; i < DAYS; i++) {
      expected.put(FIRST.plusDays(i), 0);
      land(lake, FIRST.plusDays(i), 0, Broken.NOTHING);
    }
    lake.run();
    Process reader = reader(lake);
    try (BufferedReader screen = reader.inputReader(StandardCharsets.UTF_8)) {
      heard(ground, screen, PollingReader.READY);
      int done = 0;
      for (int round = 1; done < audits; round++) {
        done += audited(ground, lake, round, expected, way);
      }
      reader.getOutputStream().write('\n');
      reader.getOutputStream().flush();
      String[] polls = heard(ground, screen, PollingReader.POLLS).split(" ", -1);
      ground.log().count("polls, " + way, Long.parseLong(polls[1]));
      ground
          .log()
          .count("states of the table that the reader saw, " + way, Long.parseLong(polls[2]));
      if (reader.waitFor() != 0) {
        ground.log().wrong("the reader ended with %d", reader.exitValue());
      }
    } finally {
      reader.destroyForcibly();
    }
  }

  private enum Broken {
    NOTHING,
    A_CODE_TWICE,
    AN_AMOUNT
  }

  private static TestLake lake(Ground ground, boolean internals) {
    return TestLake.at(
            ground.work().resolve(internals ? "internals" : "public"), "2011-01-06T04:00:00Z")
        .file(
            "conf/lake.conf",
            """
            name = test
            spark {
              "spark.sluice.table.internals" = %s
              "spark.sql.codegen.wholeStage" = false
              "spark.sql.codegen.factoryMode" = NO_CODEGEN
            }
            """
                .formatted(internals))
        .file(
            "jobs/raw/sale.conf",
            """
            source {
              type = files, path = "landing/{yyyy-MM-dd}.csv", format = csv
              options { header = true }
              columns { amount = int, round = int }
            }
            partition-by = day
            start = %s
            """
                .formatted(FIRST))
        .file(
            "jobs/analysis/line.sql",
            """
            /* sluice
              partition-by = day
              batch = 2
              require {
                once = { unique = [code] }
                positive = { sql = "min(amount) > 0" }
              }
            */
            SELECT code, amount, round, day FROM raw.sale
            """);
  }

  private static void land(TestLake lake, LocalDate day, int round, Broken broken) {
    List<String> lines = new ArrayList<>(List.of("code,amount,round"));
    IntStream.range(0, ROWS_A_DAY)
        .mapToObj(
            i ->
                "c%d,%d,%d"
                    .formatted(
                        broken == Broken.A_CODE_TWICE && i == 7 ? 3 : i,
                        broken == Broken.AN_AMOUNT && i == 11 ? -1 : i + 1,
                        round))
        .forEach(lines::add);
    lake.land(day + ".csv", lines.toArray(String[]::new));
  }

  /** How many audits there were. */
  private static int audited(
      Ground ground, TestLake lake, int round, Map<LocalDate, Integer> expected, String way) {
    List<LocalDate> broken = new ArrayList<>();
    List<LocalDate> good = new ArrayList<>();
    int always = ground.between(0, DAYS - 1);
    for (int i = 0; i < DAYS; i++) {
      LocalDate day = FIRST.plusDays(i);
      if (i == always || ground.chance(40)) {
        Broken how = Broken.values()[Math.max(0, ground.between(-1, Broken.values().length - 1))];
        land(lake, day, round, how);
        (how == Broken.NOTHING ? good : broken).add(day);
        if (how == Broken.NOTHING) {
          expected.put(day, round);
        }
      }
    }
    Shell.Said said = lake.type("run");
    List<AttemptRow> attempts =
        lake.ask(engine -> engine.ledger().attempts(engine.ledger().runs(1).get(0).id())).stream()
            .filter(attempt -> attempt.job().equals(TABLE))
            .toList();
    long failed =
        attempts.stream().mapToLong(one -> one.unpublished().split(Cadence.DAY).size()).sum();
    long passed =
        attempts.stream().mapToLong(one -> one.published().split(Cadence.DAY).size()).sum();
    ground
        .log()
        .say(
            "%s: round %d: good %s, broken %s -> %d; %d audits, %d days passed, %d failed",
            way, round, days(good), days(broken), said.exit(), attempts.size(), passed, failed);
    ground.log().count("audits, " + way, attempts.size());
    ground.log().count("days that passed, " + way, passed);
    ground.log().count("days that failed, " + way, failed);
    List<String> rows = lake.rows(TABLE, "day", "round").stream().distinct().toList();
    List<String> should =
        expected.entrySet().stream().map(one -> one.getKey() + "|" + one.getValue()).toList();
    if (!rows.equals(should)) {
      ground.log().wrong("%s: round %d: the table has %s, not %s", way, round, rows, should);
    }
    if (!broken.isEmpty() && said.exit() != 3 && said.exit() != 5) {
      ground.log().wrong("%s: round %d: exit %d: %s", way, round, said.exit(), said.lastLine());
    }
    return attempts.size();
  }

  private static List<Integer> days(List<LocalDate> days) {
    return days.stream().map(LocalDate::getDayOfMonth).toList();
  }

  // ---- the reader

  private static Process reader(TestLake lake) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx700m",
            "-Duser.timezone=UTC",
            "-cp",
            System.getProperty("java.class.path"),
            PollingReader.class.getName(),
            lake.path(TABLE),
            String.valueOf(ROWS_A_DAY)));
    return new ProcessBuilder(command)
        .redirectError(new File(lake.folder().toFile(), "reader.log"))
        .start();
  }

  /** The next line that begins so; what should not have been seen is told on the way. */
  private static String heard(Ground ground, BufferedReader screen, String begin)
      throws IOException {
    for (String line = screen.readLine(); line != null; line = screen.readLine()) {
      if (line.startsWith(PollingReader.BROKEN)) {
        ground.log().wrong("the reader saw %s", line);
      }
      if (line.startsWith(begin)) {
        return line;
      }
    }
    throw new IllegalStateException("The reader has died");
  }
}
