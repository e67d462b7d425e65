package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell;
import io.sluice.table.DeltaTables;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Feeds whose columns change. */
class ColumnDriftTest {
  @TempDir Path folder = Path.of("");

  @Test
  void aNewColumnIsAddedAndOneThatIsNotSentIsNullAndBothAreTold() {
    TestLake lake = SaleLake.at(folder);
    lake.run("--to", "2011-01-01");
    lake.land("2011-01-02.csv", "code,amount,note", "a,3,x").land("2011-01-03.csv", "code", "b");

    Shell.Said said = lake.run();

    assertTrue(said.err().contains("column note (STRING) is new"), said.err());
    assertTrue(said.err().contains("column amount was not sent for 2011-01-03"), said.err());
    assertEquals(
        List.of(
            "a|1|2011-01-01|null",
            "a|3|2011-01-02|x",
            "b|2|2011-01-01|null",
            "b|null|2011-01-03|null"),
        lake.rows("raw.sale", "code", "amount", "day", "note"));
    assertEquals(
        """
        0 | amount | - | INT
        0 | day | - | DATE
        1 | note | - | STRING
        """,
        changes(lake, "amount", "day", "note"));
  }

  private static String changes(TestLake lake, String... columns) {
    return lake.made("history", "raw.sale", "--schema")
        .out()
        .lines()
        .map(line -> line.strip().split(" {2,}"))
        .filter(cells -> List.of(columns).contains(cells[2]))
        .map(cells -> "%s | %s | %s | %s%n".formatted(cells[0], cells[2], cells[3], cells[4]))
        .sorted()
        .reduce("", String::concat);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatTheTableHasNoPlaceForIsKeptApartHoweverDaysAreBatched(boolean oneByOne) {
    TestLake lake =
        SaleLake.at(folder)
            .file("jobs/raw/sale.conf", SaleLake.RAW + "drift = rescue\n")
            .land("2011-01-02.csv", "note,code,amount,more", "x,a,3,y", ",c,4,")
            .land("2011-01-03.csv", "code,amount,note", "b,5,z");
    if (oneByOne) {
      lake.run("--to", "2011-01-01");
      lake.run("--to", "2011-01-02");
    }
    lake.run();

    assertEquals(
        List.of(
            "a|1|2011-01-01|null",
            "a|3|2011-01-02|{\"note\":\"x\",\"more\":\"y\"}",
            "b|2|2011-01-01|null",
            "b|5|2011-01-03|{\"note\":\"z\"}",
            "c|4|2011-01-02|null"),
        lake.rows("raw.sale", "code", "amount", "day", "_rescued"));
    assertEquals("", lake.plan());
  }

  @Test
  void aFrozenTableLetsNoOtherColumnsInAndTheOtherDaysAreMade() {
    TestLake lake =
        SaleLake.at(folder)
            .file("jobs/raw/sale.conf", SaleLake.RAW + "drift = freeze\n")
            .land("2011-01-02.csv", "note,code", "x,a");

    Shell.Said said = lake.type("run");

    assertEquals(3, said.exit(), said.out());
    assertTrue(
        said.err()
            .contains(
                "columns of file:%s/landing/2011-01-02.csv are not those of raw.sale: note is new, amount is gone; drift = freeze lets no others in"
                    .formatted(folder)),
        said.err());
    assertEquals(List.of("2011-01-01|2|3", "2011-01-03|2|11"), lake.rows("aggregate.daily"));
    lake.land("2011-01-02.csv", "amount,code", "3,a");
    lake.run();
    assertEquals(
        List.of("2011-01-01|2|3", "2011-01-02|1|3", "2011-01-03|2|11"),
        lake.rows("aggregate.daily"));
  }

  @Test
  void anObjectWithANewNameFreezesItsOwnDayAlone() {
    TestLake lake =
        SaleLake.at(folder)
            .file(
                "jobs/raw/sale.conf",
                """
                source {
                  type = files, path = "landing/{yyyy-MM-dd}.json", format = json
                  columns { amount = int }
                }
                partition-by = day
                start = 2011-01-01
                drift = freeze
                """)
            .file("landing/2011-01-01.json", "{\"code\":\"a\",\"amount\":1}")
            .file("landing/2011-01-02.json", "{\"code\":\"a\",\"amount\":1,\"note\":\"x\"}")
            .file("landing/2011-01-03.json", "{\"code\":\"a\"}");

    Shell.Said said = lake.type("run");

    assertEquals(3, said.exit(), said.out());
    assertTrue(
        said.err().contains("2011-01-02.json are not those of raw.sale: note is new"), said.err());
    assertEquals(
        List.of("a|1|2011-01-01", "a|null|2011-01-03"),
        lake.rows("raw.sale", "code", "amount", "day"));
  }

  @Test
  void aWiderTypeIsTakenAndWhatIsThereIsKept() throws SQLException {
    TestLake lake = shop("evolve");
    lake.run("--to", "2011-01-02");
    change("ALTER TABLE item ALTER COLUMN size BIGINT");
    change("INSERT INTO item VALUES (3, 3000000000, TIMESTAMP '2011-01-03 10:00:00')");
    try {
      System.setProperty(DeltaTables.INTERNALS, "false");
      Shell.Said refused = lake.type("run");
      assertEquals(1, refused.exit(), refused.err());
      assertTrue(refused.lastLine().contains("no safe way; make the table anew"), refused.out());
    } finally {
      System.clearProperty(DeltaTables.INTERNALS);
    }
    lake.run();

    assertEquals(
        List.of("1|1|2011-01-01", "2|2|2011-01-02", "3|3000000000|2011-01-03"),
        lake.rows("raw.item", "id", "size", "day"));
    assertEquals("bigint", lake.table("raw.item").schema().apply("SIZE").dataType().simpleString());
    assertEquals(
        List.of("2011-01-01|1", "2011-01-02|2", "2011-01-03|3000000000"),
        lake.rows("aggregate.sizes"));
    assertEquals("", lake.plan());
    change("ALTER TABLE item ALTER COLUMN size INT USING 7");
    lake.backfill("--select", "raw.item", "--date", "2011-01-02");
    assertEquals(
        List.of("1|1|2011-01-01", "2|7|2011-01-02", "3|3000000000|2011-01-03"),
        lake.rows("raw.item", "id", "size", "day"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void daysThatHaveNothingDecideNothing(boolean oneByOne) {
    TestLake lake =
        SaleLake.at(folder)
            .file("jobs/raw/sale.conf", SaleLake.RAW + "drift = rescue\n")
            .remove("landing/2011-01-01.csv")
            .land("2011-01-03.csv", "code,amount,note", "b,5,z");
    if (oneByOne) {
      lake.run("--select", "raw.sale", "--to", "2011-01-01");
      lake.run("--select", "raw.sale", "--to", "2011-01-02");
    }
    lake.run("--select", "raw.sale");

    assertEquals(
        List.of("a|3|2011-01-02|null", "b|5|2011-01-03|{\"note\":\"z\"}", "c|4|2011-01-02|null"),
        lake.rows("raw.sale", "code", "amount", "day", "_rescued"));
  }

  @Test
  void aFeedThatChangesItsTypesIsReadPartByPart() throws SQLException {
    change("CREATE TABLE before (id BIGINT, at TIMESTAMP)");
    change("INSERT INTO before VALUES (9007199254740993, TIMESTAMP '2011-01-01 10:00:00')");
    change("CREATE TABLE after (id DOUBLE, at TIMESTAMP)");
    change("INSERT INTO after VALUES (0.5, TIMESTAMP '2011-01-02 10:00:00')");
    TestLake lake =
        TestLake.at(folder, "2011-01-03T04:00:00Z")
            .file(
                "jobs/raw/item.conf",
                """
                source = [
                  { type = jdbc, url = "jdbc:h2:file:"${SLUICE_PROJECT}"/shop", table = before, by = at, end = 2011-01-01 }
                  { type = jdbc, url = "jdbc:h2:file:"${SLUICE_PROJECT}"/shop", table = after, by = at, start = 2011-01-02 }
                ]
                partition-by = day
                start = 2011-01-01
                """);

    Shell.Said said = lake.type("run");

    assertEquals(3, said.exit(), said.out());
    assertTrue(
        said.lastLine().contains("column ID is DOUBLE in 2011-01-02 and BIGINT in raw.item"),
        said.lastLine());
    assertEquals(List.of("9007199254740993|2011-01-01"), lake.rows("raw.item", "id", "day"));
  }

  @Test
  void whatASourceKeepsApartItselfIsKeptWithTheRest() {
    TestLake lake =
        TestLake.at(folder, "2011-01-03T04:00:00Z")
            .file(
                "jobs/raw/log.conf",
                """
                source {
                  type = weblog, path = "landing/{yyyy-MM-dd}.log", format = json
                  columns { pool = int }
                }
                partition-by = day
                start = 2011-01-01
                drift = rescue
                """)
            .file("landing/2011-01-01.log", "{\"status\":200,\"pool\":\"1\"}");
    lake.run("--to", "2011-01-01");
    lake.edit("jobs/raw/log.conf", text -> text.replace("pool = int", "pool = string"))
        .file("landing/2011-01-02.log", "{\"status\":200,\"pool\":\"a\",\"extra\":\"c\"}");
    lake.run();

    assertEquals(
        List.of("1|null", "null|{\"pool\":\"a\",\"extra\":\"c\"}"),
        lake.rows("raw.log", "pool", "_rescued"));
  }

  @Test
  void aTypeThatDoesNotFitIsRefusedOrKeptApart() throws SQLException {
    TestLake lake = shop("evolve");
    lake.run("--to", "2011-01-02");
    change("ALTER TABLE item ALTER COLUMN size VARCHAR(9)");
    change("INSERT INTO item VALUES (3, '3', TIMESTAMP '2011-01-03 10:00:00')");
    change("INSERT INTO item VALUES (4, '4XL', TIMESTAMP '2011-01-03 10:00:00')");

    Shell.Said said = lake.type("run");

    assertEquals(1, said.exit(), said.out());
    assertTrue(
        said.lastLine()
            .contains(
                "column SIZE is STRING in 2011-01-03 and INT in raw.item, and neither type holds both"),
        said.lastLine());
    lake.edit("jobs/raw/item.conf", text -> text.replace("evolve", "rescue"));
    lake.run();
    assertEquals(
        List.of(
            "1|1|2011-01-01|null",
            "2|2|2011-01-02|null",
            "3|3|2011-01-03|null",
            "4|null|2011-01-03|{\"SIZE\":\"4XL\"}"),
        lake.rows("raw.item", "id", "size", "day", "_rescued"));
  }

  private TestLake shop(String drift) throws SQLException {
    change("CREATE TABLE item (id INT, size INT, at TIMESTAMP)");
    change("INSERT INTO item VALUES (1, 1, TIMESTAMP '2011-01-01 10:00:00')");
    change("INSERT INTO item VALUES (2, 2, TIMESTAMP '2011-01-02 10:00:00')");
    return TestLake.at(folder, "2011-01-04T04:00:00Z")
        .file(
            "jobs/raw/item.conf",
            """
            source { type = jdbc, url = "jdbc:h2:file:"${SLUICE_PROJECT}"/shop", table = item, by = at }
            partition-by = day
            start = 2011-01-01
            drift = %s
            """
                .formatted(drift))
        .file(
            "jobs/aggregate/sizes.sql",
            """
            /* sluice
              partition-by = day
            */
            SELECT day, sum(size) AS size FROM raw.item GROUP BY day
            """);
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + folder + "/shop");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
