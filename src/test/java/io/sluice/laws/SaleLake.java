package io.sluice.laws;

import java.nio.file.Path;

/** A lake of three tables over small CSV files: {@code code,amount}, one file a day of 2011. */
final class SaleLake {
  private SaleLake() {}

  static final String RAW =
      """
      source {
        type = files, path = "landing/{yyyy-MM-dd}.csv", format = csv
        options { header = true }
        columns { amount = int }
      }
      partition-by = day
      start = 2011-01-01
      """;

  /** The clock stands four hours after 2011-01-04 has begun, so that three days are due. */
  static TestLake at(Path folder) {
    return TestLake.at(folder, "2011-01-04T04:00:00Z")
        .file("jobs/raw/sale.conf", RAW)
        .file(
            "jobs/analysis/line.sql",
            """
            /* sluice
              partition-by = day
              require { once = { unique = [code] } }
            */
            SELECT code, amount, day FROM raw.sale
            """)
        .file(
            "jobs/aggregate/daily.sql",
            """
            /* sluice
              partition-by = day
            */
            SELECT day, count(*) AS lines, sum(amount) AS amount FROM analysis.line GROUP BY day
            """)
        .land("2011-01-01.csv", "code,amount", "a,1", "b,2")
        .land("2011-01-02.csv", "code,amount", "a,3", "c,4")
        .land("2011-01-03.csv", "code,amount", "b,5", "c,6");
  }
}
