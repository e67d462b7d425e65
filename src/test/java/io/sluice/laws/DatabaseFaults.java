package io.sluice.laws;

import io.sluice.testing.OwnPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs that read a PostgreSQL whose connections break, stall or are slow, ten in a lake. */
final class DatabaseFaults implements Part {
  private static final int RUNS = 30;
  private static final int IN_A_LAKE = 10;
  private static final int DAYS = 10;
  private static final int ROWS_A_DAY = 3000;
  private static final LocalDate FIRST = LocalDate.of(2011, 1, 1);
  private static final List<String> TABLES =
      List.of("raw.sale", "analysis.price", "aggregate.daily");

  @Override
  public void run(Ground ground) throws IOException, InterruptedException {
    try (OwnPostgres server = new OwnPostgres(ground.work().resolve("postgres"))) {
      fill(server);
      CampaignLake undisturbed = lake(ground, "undisturbed-database", server.url());
      if (!Ending.hasRun(ground, undisturbed)) {
        return;
      }
      int runs = ground.times(RUNS);
      try (CuttingProxy wire = new CuttingProxy(server.port())) {
        String url = server.url().replace(":" + server.port(), ":" + wire.port());
        int done = 0;
        for (int number = 1; done < runs; number++) {
          CampaignLake lake = lake(ground, "database" + number, url);
          for (int i = 0; i < IN_A_LAKE && done < runs; i++, done++) {
            harmed(ground, lake, wire);
          }
          Ending.of(ground, lake, undisturbed);
        }
      }
    }
  }

  private static void fill(OwnPostgres server) {
    try (var connection = DriverManager.getConnection(server.url());
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE sale (id int, code text, amount int, note text, updated_at timestamp)");
      for (int day = 0; day < DAYS; day++) {
        statement.execute(
            "INSERT INTO sale SELECT x, 'p' || (x %% 97), x %% 13, repeat('x', 100), '%s 10:00:00' FROM generate_series(1, %d) x"
                .formatted(FIRST.plusDays(day), ROWS_A_DAY));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CampaignLake lake(Ground ground, String name, String url) {
    Path folder = ground.work().resolve(name);
    TestLake lake =
        TestLake.of(folder, "2030-01-01T00:00:00Z")
            .file(
                "jobs/raw/sale.conf",
                """
                source {
                  type = jdbc, url = "%s&sslmode=disable&socketTimeout=5&connectTimeout=5"
                  table = sale, by = updated_at, fetch-size = 500, partitions = 2, split-by = id
                }
                partition-by = day
                start = %s
                end = %s
                batch = 3
                """
                    .formatted(url, FIRST, FIRST.plusDays(DAYS - 1)))
            .file(
                "jobs/analysis/price.sql",
                """
                /* sluice
                  interval-by = day
                  batch = 5
                  write { mode = merge, key = [code], sequence-by = day }
                */
                SELECT code, max(amount) AS amount, day FROM raw.sale GROUP BY code, day
                """)
            .file(
                "jobs/aggregate/daily.sql",
                """
                /* sluice
                  partition-by = day
                */
                SELECT day, count(*) AS lines, sum(amount) AS amount FROM raw.sale GROUP BY day
                """);
    return new CampaignLake(lake, folder.resolve("lake").toString(), Map.of(), TABLES)
        .configured("shop", "");
  }

  private static void harmed(Ground ground, CampaignLake lake, CuttingProxy wire)
      throws IOException, InterruptedException {
    int first = ground.between(0, DAYS - 6);
    List<String> words =
        lake.version("raw.sale").isEmpty()
            ? List.of("run")
            : lake.backfill("raw.sale", FIRST.plusDays(first), FIRST.plusDays(first + 5));
    long after = ground.between(1, 600_000);
    String kind = List.of("cut", "stall", "slow").get(ground.random().nextInt(3));
    switch (kind) {
      case "cut" -> wire.cutsAfter(after);
      case "stall" -> wire.doesAfter(after, () -> pause(20));
      default -> wire.doesAfter(after, () -> pause(3));
    }
    FaultyRun.of(ground, lake, words, "%s after %d bytes".formatted(kind, after));
    ground.log().count("runs with faults of PostgreSQL", 1);
    ground.log().count("connections to PostgreSQL: " + kind, wire.hasHappened() ? 1 : 0);
  }

  private static void pause(int seconds) {
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
