package io.sluice.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flyway runs when it must and only then. */
class MigrationsTest {

  @TempDir Path folder;

  @Test
  void theNewestMigrationIsTheOneThatIsExpected() throws Exception {
    URI files =
        Objects.requireNonNull(Migrations.class.getResource("/io/sluice/ledger/db/migration"))
            .toURI();
    try (var names = Files.list(Path.of(files))) {
      int newest =
          names
              .map(file -> String.valueOf(file.getFileName()))
              .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
              .max()
              .orElse(0);
      assertEquals(newest, Migrations.NEWEST);
    }
  }

  @Test
  void aLedgerThatIsUpToDateStartsNoFlyway() {
    String url = "jdbc:sqlite:" + folder.resolve("ledger.db");
    Sqlite file = Sqlite.of(url);
    int[] started = {0};
    Dialect counting =
        (Dialect)
            Proxy.newProxyInstance(
                Dialect.class.getClassLoader(),
                new Class<?>[] {Dialect.class},
                (proxy, method, values) -> {
                  started[0] += method.getName().equals("configure") ? 1 : 0;
                  return method.invoke(file, values);
                });
    for (int i = 0; i < 2; i++) {
      try (Database database = new Database(counting, millis -> {})) {
        new Migrations(counting, database).bringUpToDate();
      }
      assertEquals(1, started[0]);
    }
    try (Ledger ledger = Ledgers.open(url, Optional.empty(), Optional.empty())) {
      assertTrue(ledger.facts().isEmpty());
    }
  }
}
