package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cadences that differ, a clock that is put forward, and inputs that lag. */
class TimesTest {
  private static final String MONTHLY =
      """
      /* sluice
        every        = month
        partition-by = month
      */
      SELECT CAST(trunc(day, 'MM') AS DATE) AS month, sum(amount) AS amount
      FROM raw.sale
      GROUP BY trunc(day, 'MM')
      """;

  @TempDir Path folder = Path.of("");

  @Test
  void aMonthIsMadeOfItsDaysWhenItIsOver() {
    TestLake lake = SaleLake.at(folder).file("jobs/aggregate/monthly.sql", MONTHLY);
    lake.run();
    lake.now("2011-02-03T00:00:00Z").land("2011-02-01.csv", "code,amount", "a,100");
    lake.run();
    assertEquals(List.of("2011-01-01|21"), lake.rows("aggregate.monthly"));

    lake.land("2011-01-31.csv", "code,amount", "a,1000")
        .land("2011-02-02.csv", "code,amount", "a,1");
    assertEquals(
        """
        raw.sale | 1 | 2011-01-31 | source changed (2011-01-31.csv is new)
        raw.sale | 1 | 2011-02-02 | source changed (2011-02-02.csv is new)
        analysis.line | 1 | 2011-01-31 | upstream (raw.sale)
        analysis.line | 1 | 2011-02-02 | upstream (raw.sale)
        aggregate.daily | 1 | 2011-01-31 | upstream (analysis.line)
        aggregate.daily | 1 | 2011-02-02 | upstream (analysis.line)
        aggregate.monthly | 1 | 2011-01 | upstream (raw.sale)
        """,
        lake.plan());
    lake.run();
    assertEquals(List.of("2011-01-01|1021"), lake.rows("aggregate.monthly"));
    assertEquals("", lake.plan());
  }

  @Test
  void aDayInBerlinHasTwentyThreeHoursWhenTheClockIsPutForward() {
    TestLake lake =
        TestLake.at(folder, "2011-03-28T06:00:00Z")
            .file("conf/lake.conf", "name = berlin\ntime-zone = Europe/Berlin\n")
            .file(
                "jobs/raw/hit.conf",
                """
                source { type = files, path = "landing/{yyyy-MM-dd-HH}.csv", format = csv, options { header = true } }
                every = hour
                partition-by = hour
                start = "2011-03-26T20"
                end = "2011-03-27T23"
                """)
            .file(
                "jobs/aggregate/daily_hits.sql",
                """
                /* sluice
                  every = day
                  start = 2011-03-27
                  end   = 2011-03-27
                  partition-by = day
                */
                SELECT CAST(hour AS DATE) AS day, count(*) AS hits, min(hour) AS first, max(hour) AS last
                FROM raw.hit
                GROUP BY CAST(hour AS DATE)
                """);
    LocalDateTime first = LocalDateTime.of(2011, 3, 26, 20, 0);
    for (int i = 0; i < 28; i++) {
      lake.land(hour(first.plusHours(i)), "page", "/" + i);
    }
    lake.run();
    assertEquals(
        List.of("2011-03-27|23|2011-03-26 23:00:00.0|2011-03-27 21:00:00.0"),
        lake.rows("aggregate.daily_hits"));

    lake.land(hour(LocalDateTime.of(2011, 3, 26, 22, 0)), "page", "/x", "/y");
    assertEquals(1, lake.tasks().size(), "The hour before belongs to the day before");
    lake.land(hour(LocalDateTime.of(2011, 3, 27, 21, 0)), "page", "/x", "/y");
    assertEquals(3, lake.tasks().size(), "The last hour belongs to the day");
    lake.run();
    assertEquals(List.of("24"), lake.rows("aggregate.daily_hits", "hits"));
  }

  @Test
  void theHourThatIsThereTwiceInAutumnIsTwoIntervalsOnAMachineInBerlinToo() throws Exception {
    TestLake lake =
        TestLake.at(folder, "2011-11-01T06:00:00Z")
            .file("conf/lake.conf", "name = berlin\ntime-zone = Europe/Berlin\n")
            .file(
                "jobs/raw/hit.conf",
                """
                source { type = files, path = "landing/{yyyy-MM-dd-HH}.csv", format = csv, options { header = true } }
                every = hour
                partition-by = hour
                start = "2011-10-29T22"
                end = "2011-10-30T02"
                """);
    LocalDateTime first = LocalDateTime.of(2011, 10, 29, 22, 0);
    for (int i = 0; i < 5; i++) {
      lake.land(hour(first.plusHours(i)), "page", "/" + i);
    }
    try (ChildRun run = ChildRun.start(folder, "Europe/Berlin")) {
      assertEquals("Made 5 of 5 intervals (5 rows)", run.ended());
    }
    lake.land("2011-10-30-01.csv", "page", "/x");
    assertEquals(
        "raw.hit | 1 | 2011-10-30T01 | source changed (2011-10-30-01.csv changed)\n", lake.plan());
    try (ChildRun run = ChildRun.start(folder, "Europe/Berlin")) {
      assertEquals("Made 1 of 1 intervals (1 row)", run.ended());
    }
    assertEquals(
        List.of(
            "/0|2011-10-29 22:00:00.0",
            "/1|2011-10-29 23:00:00.0",
            "/2|2011-10-30 00:00:00.0",
            "/4|2011-10-30 02:00:00.0",
            "/x|2011-10-30 01:00:00.0"),
        lake.rows("raw.hit", "page", "hour"));
    assertEquals("", lake.plan());
  }

  @Test
  void aDaySeesTheMonthThatItLiesIn() {
    TestLake lake =
        SaleLake.at(folder)
            .file(
                "jobs/raw/rate.conf",
                """
                source { type = files, path = "landing/rate-{yyyy-MM}.csv", format = csv, options { header = true } }
                every = month
                partition-by = month
                start = 2011-01
                """)
            .file(
                "jobs/analysis/rated.sql",
                """
                /* sluice
                  partition-by = day
                  batch        = 40     # safe: a month has one rate
                */
                SELECT sale.code, rate.rate, sale.day
                FROM raw.sale
                JOIN raw.rate ON rate.month = trunc(sale.day, 'MM')
                """)
            .now("2011-02-03T00:00:00Z")
            .land("rate-2011-01.csv", "rate", "7")
            .land("2011-02-01.csv", "code,amount", "a,100");
    lake.run();
    assertEquals(
        List.of(
            "a|7|2011-01-01",
            "a|7|2011-01-02",
            "b|7|2011-01-01",
            "b|7|2011-01-03",
            "c|7|2011-01-02",
            "c|7|2011-01-03"),
        lake.rows("analysis.rated"));
    lake.land("rate-2011-01.csv", "rate", "8");
    assertEquals(
        """
        raw.rate | 1 | 2011-01 | source changed (rate-2011-01.csv changed)
        analysis.rated | 31 | 2011-01-01 .. 2011-01-31 | upstream (raw.rate)
        """,
        lake.plan());
  }

  @Test
  void aDaySeesTheMonthsThatWereOverWhenItEndedWheneverItIsMade() {
    TestLake lake =
        SaleLake.at(folder)
            .file("jobs/aggregate/monthly.sql", MONTHLY)
            .file(
                "jobs/aggregate/months.sql",
                """
                /* sluice
                  partition-by = day
                  inputs { aggregate.monthly { whole = true } }
                */
                SELECT sale.day, count(monthly.month) AS months
                FROM raw.sale
                LEFT JOIN aggregate.monthly ON true
                WHERE sale.code = 'a'
                GROUP BY sale.day
                """)
            .now("2011-02-03T00:00:00Z")
            .land("2011-02-01.csv", "code,amount", "a,100");
    lake.run();
    List<String> made = List.of("2011-01-01|0", "2011-01-02|0", "2011-02-01|1");
    assertEquals(made, lake.rows("aggregate.months"));
    lake.backfill("--select", "months", "--from", "2011-01-01", "--to", "2011-02-01");
    assertEquals(made, lake.rows("aggregate.months"));
    assertEquals("", lake.plan());
  }

  private static String hour(LocalDateTime time) {
    return time.format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HH")) + ".csv";
  }

  @Test
  void whatWasMadeWhileAWholeInputLaggedIsMadeAgainWhenItHasCaughtUp() {
    TestLake lake =
        SaleLake.at(folder)
            .file(
                "jobs/raw/rate.conf",
                SaleLake.RAW
                        .replace("landing/", "landing/rate/")
                        .replace("amount = int", "rate = int")
                    + "delay = 1 day\n")
            .file(
                "jobs/analysis/rated.sql",
                """
                /* sluice
                  partition-by = day
                  inputs { raw.rate { whole = true } }
                */
                SELECT sale.code, rate.rate, sale.day
                FROM raw.sale
                CROSS JOIN (SELECT max_by(rate, day) AS rate FROM raw.rate) AS rate
                """)
            .land("rate/2011-01-01.csv", "rate", "1")
            .land("rate/2011-01-02.csv", "rate", "2")
            .land("rate/2011-01-03.csv", "rate", "3");
    lake.run();
    assertEquals(
        List.of(
            "a|1|2011-01-01",
            "a|2|2011-01-02",
            "b|1|2011-01-01",
            "b|2|2011-01-03",
            "c|2|2011-01-02",
            "c|2|2011-01-03"),
        lake.rows("analysis.rated"));
    assertEquals("", lake.plan());

    lake.now("2011-01-05T04:00:00Z");
    lake.file("landing/rate/2011-01-01.csv", "rate\n9\n");
    assertEquals(
        """
        raw.rate | 1 | 2011-01-01 | source changed (2011-01-01.csv changed)
        raw.rate | 1 | 2011-01-03 | missing
        raw.sale | 1 | 2011-01-04 | missing
        analysis.rated | 1 | 2011-01-03 | caught up (raw.rate has passed it)
        analysis.rated | 1 | 2011-01-04 | missing
        """,
        lake.plan("--select", "raw.rate,raw.sale,analysis.rated"));
    lake.run();
    assertEquals(
        List.of(
            "a|1|2011-01-01",
            "a|2|2011-01-02",
            "b|1|2011-01-01",
            "b|3|2011-01-03",
            "c|2|2011-01-02",
            "c|3|2011-01-03"),
        lake.rows("analysis.rated"));
  }
}
