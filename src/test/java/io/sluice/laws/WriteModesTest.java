package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each write mode means, from landing files to rows. */
class WriteModesTest {
  @TempDir Path folder = Path.of("");

  @Test
  void mergingDeletesKeepsOldValuesForNullsAndIsRemadeInOrder() {
    TestLake lake =
        TestLake.at(folder, "2011-01-04T00:00:00Z")
            .file(
                "jobs/raw/change.conf", SaleLake.RAW.replace("amount = int", "id = int, seq = int"))
            .file(
                "jobs/analysis/person.sql",
                """
                /* sluice
                  interval-by = _day
                  write { mode = merge, key = [id], sequence-by = seq, delete-when = "op = 'D'", nulls = keep }
                */
                SELECT id, op, name, city, seq, day AS _day FROM raw.change
                """)
            .land("2011-01-01.csv", "id,op,name,city,seq", "1,U,ann,rome,1", "2,U,bob,oslo,2")
            .land("2011-01-02.csv", "id,op,name,city,seq", "1,U,,paris,3", "2,D,,,4")
            .land("2011-01-03.csv", "id,op,name,city,seq", "3,U,cid,bonn,5", "2,U,bo,,6");
    lake.run();
    List<String> made = people(lake);
    assertEquals(List.of("1|ann|paris|3", "2|bo|null|6", "3|cid|bonn|5"), made);

    lake.backfill("--select", "person", "--date", "2011-01-01");
    assertEquals(made, people(lake));

    lake.land("2011-01-02.csv", "id,op,name,city,seq", "1,U,,paris,3", "2,U,,rio,4");
    assertEquals(
        """
        raw.change | 1 | 2011-01-02 | source changed (2011-01-02.csv changed)
        analysis.person | 1 | 2011-01-02 | upstream (raw.change)
        analysis.person | 1 | 2011-01-03 | order (after 2011-01-02)
        """,
        lake.plan());
    lake.run();
    assertEquals(List.of("1|ann|paris|3", "2|bo|rio|6", "3|cid|bonn|5"), people(lake));
    assertEquals("", lake.plan());
  }

  private static List<String> people(TestLake lake) {
    return lake.rows("analysis.person", "id", "name", "city", "seq");
  }

  @Test
  void aKeyThatIsAbsentIsClosedAndARemadePastChangesWhatFollows() {
    TestLake lake =
        SaleLake.at(folder)
            .file(
                "jobs/analysis/price.sql",
                """
                /* sluice
                  interval-by = _day
                  write { mode = scd2, key = [code], absent = close }
                */
                SELECT code, amount, day AS _day FROM raw.sale
                """);
    lake.run();
    List<String> made =
        List.of(
            "a|1|2011-01-01|2011-01-02|false",
            "a|3|2011-01-02|2011-01-03|false",
            "b|2|2011-01-01|2011-01-02|false",
            "b|5|2011-01-03|9999-12-31|true",
            "c|4|2011-01-02|2011-01-03|false",
            "c|6|2011-01-03|9999-12-31|true");
    assertEquals(made, prices(lake));
    List<String> whole = lake.rows("analysis.price");

    for (String day : List.of("2011-01-02", "2011-01-01", "2011-01-03")) {
      lake.backfill("--select", "price", "--date", day);
      assertEquals(whole, lake.rows("analysis.price"), day);
    }

    lake.land("2011-01-02.csv", "code,amount", "a,1", "b,2");
    lake.run();
    assertEquals(
        List.of(
            "a|1|2011-01-01|2011-01-03|false",
            "b|2|2011-01-01|2011-01-03|false",
            "b|5|2011-01-03|9999-12-31|true",
            "c|6|2011-01-03|9999-12-31|true"),
        prices(lake));
  }

  private static List<String> prices(TestLake lake) {
    return lake.rows("analysis.price", "code", "amount", "valid_from", "valid_to", "is_current");
  }

  @Test
  void aJobThatReadsItselfSeesTheDaysBefore() {
    TestLake lake =
        SaleLake.at(folder)
            .file(
                "jobs/analysis/balance.sql",
                """
                /* sluice
                  partition-by = day
                */
                SELECT sale.code, sale.amount + coalesce(before.total, 0) AS total, sale.day
                FROM raw.sale
                LEFT JOIN (
                  SELECT code, max_by(total, day) AS total FROM analysis.balance GROUP BY code
                ) AS before ON before.code = sale.code
                """);
    lake.run();
    assertEquals(
        List.of(
            "a|1|2011-01-01",
            "a|4|2011-01-02",
            "b|2|2011-01-01",
            "b|7|2011-01-03",
            "c|10|2011-01-03",
            "c|4|2011-01-02"),
        lake.rows("analysis.balance"));

    lake.land("2011-01-01.csv", "code,amount", "a,10", "b,2");
    lake.run();
    assertEquals(
        List.of(
            "a|10|2011-01-01",
            "a|13|2011-01-02",
            "b|2|2011-01-01",
            "b|7|2011-01-03",
            "c|10|2011-01-03",
            "c|4|2011-01-02"),
        lake.rows("analysis.balance"));
    assertEquals("", lake.plan());
  }

  @Test
  void rowsReplacedByArrivalLieInAnyPartition() {
    TestLake lake =
        TestLake.at(folder, "2011-01-04T00:00:00Z")
            .file(
                "jobs/raw/event.conf",
                SaleLake.RAW
                    .replace("amount = int", "event_date = date")
                    .replace("partition-by = day", "partition-by = arrival"))
            .file(
                "jobs/analysis/event.sql",
                """
                /* sluice
                  partition-by = event_date
                  interval-by  = arrival
                */
                SELECT id, event_date, arrival FROM raw.event
                """)
            .land("2011-01-01.csv", "id,event_date", "1,2010-12-31", "2,2011-01-01")
            .land("2011-01-02.csv", "id,event_date", "3,2010-12-31", "4,2011-01-02")
            .land("2011-01-03.csv", "id,event_date", "5,2011-01-01");
    lake.run();
    lake.land("2011-01-02.csv", "id,event_date", "4,2011-01-01");
    lake.run();
    assertEquals(
        List.of(
            "1|2010-12-31|2011-01-01",
            "2|2011-01-01|2011-01-01",
            "4|2011-01-01|2011-01-02",
            "5|2011-01-01|2011-01-03"),
        lake.rows("analysis.event"));
    assertEquals("", lake.plan());
  }
}
