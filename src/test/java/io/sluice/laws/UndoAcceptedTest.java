package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person accepted is known to an undo. */
class UndoAcceptedTest {
  @TempDir Path folder = Path.of("");

  @Test
  void whatWasAcceptedBeforeIsAgainAndWhatWasAcceptedSinceGoesOnlyWhenAskedFor() throws Exception {
    TestLake lake =
        SaleLake.at(folder)
            .remove("jobs/analysis/line.sql")
            .remove("jobs/aggregate/daily.sql")
            .edit(
                "jobs/raw/sale.conf",
                text -> text.replace("format = csv", "format = csv, missing = wait"))
            .remove("landing/2011-01-02.csv");
    lake.run();
    List<String> two = days(lake);
    lake.made("accept", "raw.sale", "--date", "2011-01-02", "--reason", "closed that day");
    assertEquals("", lake.plan());
    lake.land("2011-01-02.csv", "code,amount", "late,1").run();
    String late = lake.history().get(0).id();
    assertEquals(3, days(lake).size());

    lake.made("undo", late);

    assertEquals(two, days(lake));
    assertEquals("", lake.plan(), "It is accepted as before");
    for (String file : List.of("ledger.db", "ledger.db-wal", "ledger.db-shm")) {
      Files.deleteIfExists(folder.resolve(".sluice/" + file));
    }
    assertEquals("", lake.plan(), "also with a ledger from the receipts");

    lake.made("undo", lake.history().get(0).id());
    assertEquals(3, days(lake).size());
    lake.made("accept", "raw.sale", "--date", "2011-01-02", "--reason", "late but good");
    Shell.Said refused = lake.type("undo", "raw.sale", "--date", "2011-01-02");
    assertEquals(2, refused.exit(), refused.out());
    assertTrue(
        refused
            .out()
            .contains(
                "raw.sale 2011-01-02, accepted later (late but good), counts as accepted no more"),
        refused.out());
    assertEquals(3, days(lake).size());

    lake.made("undo", "raw.sale", "--date", "2011-01-02", "--yes");
    assertEquals(two, days(lake));
    assertEquals("", lake.plan());
  }

  private static List<String> days(TestLake lake) {
    return lake.rows("raw.sale", "day").stream().distinct().toList();
  }
}
