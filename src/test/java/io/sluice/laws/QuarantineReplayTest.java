package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a mend, just the rows that are good now leave quarantine, however often one tries. */
class QuarantineReplayTest {
  @TempDir Path folder;

  @Test
  void onlyWhatPassesNowLeavesQuarantine() {
    TestLake lake =
        TestLake.at(folder, "2011-01-04T04:00:00Z")
            .file(
                "jobs/raw/sale.conf",
                """
                source { type = files, path = "landing/{yyyy-MM-dd}.csv", format = csv, options { header = true }
                         columns { price = "decimal(10,2)" } }
                partition-by = day
                start = 2011-01-01
                limit = 90 %
                """)
            .file(
                "jobs/analysis/sale.sql",
                """
                /* sluice
                  partition-by = day
                  expect { cheap = "price < 100" }
                  limit  = 90 %
                */
                SELECT code, price, day FROM raw.sale
                """)
            .land("2011-01-01.csv", "code,price", "a,1", "b,2")
            .land("2011-01-02.csv", "code,price", "c,3", "d,four", "e,500")
            .land("2011-01-03.csv", "code,price", "f,6", "g,seven", "h,800");
    lake.run();
    assertEquals(List.of("a", "b", "c", "f"), lake.rows("analysis.sale", "code"));
    assertEquals(2, lake.type("quarantine", "replay", "sale", "--date", "2010").exit());
    assertTrue(
        lake.type("quarantine", "replay", "raw.sale", "--date", "2011-01-01")
            .err()
            .contains("nothing is in quarantine there"));

    lake.edit("jobs/analysis/sale.sql", text -> text.replace("< 100", "< 600"));
    lake.land("2011-01-02.csv", "code,price", "c,3", "d,4", "e,500");
    assertTrue(
        lake.made("quarantine", "replay", "--plan").out().contains("2011-01-02 .. 2011-01-03"));

    for (int times = 0; times < 2; times++) {
      lake.made("quarantine", "replay");

      assertEquals(List.of("a", "b", "c", "d", "e", "f"), lake.rows("analysis.sale", "code"));
      assertEquals(
          "{\"columns\":[\"row\"],\"rows\":[[\"g,seven\"]]}",
          lake.made("sql", "--json", "SELECT row FROM quarantine.raw.sale").out().strip());
      assertEquals(
          "{\"columns\":[\"n\"],\"rows\":[[1]]}",
          lake.made("sql", "--json", "SELECT count(*) AS n FROM quarantine.analysis.sale")
              .out()
              .strip());
      assertEquals("", lake.plan());
    }
  }
}
