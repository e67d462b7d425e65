package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFoldersTest {
  private static final Path CLONE = Path.of("").toAbsolutePath();

  @TempDir private Path temporary;

  @Test
  void initWritesAProjectAndSaysHowToRunIt() throws IOException {
    Console console = new Console(temporary, CLONE);

    assertEquals(0, console.type("init", "my-lake"));

    assertTrue(Files.readString(temporary.resolve("my-lake/conf/lake.conf")).contains("root"));
    assertTrue(console.out().contains("sluice run --project my-lake"), console.out());
  }

  @Test
  void commandsThatAreToBeCopiedQuoteAFolderWithBlanks() {
    Console console = new Console(temporary, CLONE);

    assertEquals(0, console.type("init", "bob's lake"));

    assertTrue(console.out().contains("sluice run --project 'bob'\\''s lake'\n"), console.out());
    assertEquals(
        "  ./sluice --project '/my lake' status",
        SampleLake.whatNext(Path.of("/my lake"), true).get(1));
    assertEquals(
        "  ./sluice --project /mnt/lake-2 status",
        SampleLake.whatNext(Path.of("/mnt/lake-2"), false).get(1));
  }

  @Test
  void initOverwritesNothing() throws IOException {
    Path mine = temporary.resolve("jobs/raw/orders.conf");
    Files.createDirectories(mine.getParent());
    Files.writeString(mine, "mine");
    Console console = new Console(temporary, CLONE);

    assertEquals(2, console.type("init"));

    assertEquals("mine", Files.readString(mine));
    assertFalse(Files.exists(temporary.resolve("conf/lake.conf")));
    assertTrue(console.err().contains("is there already"), console.err());
  }

  @Test
  void theDemoHasTheLandingFilesAndACustomerDatabase() throws Exception {
    Path folder = temporary.resolve("demo");
    Console console = new Console(temporary, CLONE);

    assertEquals(0, console.type("demo", "--dir", "demo", "--days", "31"));

    assertArrayEquals(
        Files.readAllBytes(CLONE.resolve("src/sample/landing/sales/2011-01-04.csv.gz")),
        Files.readAllBytes(folder.resolve("landing/sales/2011-01-04.csv.gz")));
    assertEquals(
        List.of(
            "demo PlanRequest[select=[], until=Optional[[2010-12-31, 2011-01-01)], changed=false,"
                + " allSources=false, backfill=Optional.empty]",
            "close"),
        console.engine.asked);
    assertTrue(console.out().contains("Try next:"), console.out());
    try (Connection shop =
            DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("shop/shop"));
        Statement query = shop.createStatement();
        ResultSet row =
            query.executeQuery(
                "SELECT count(*), min(first_purchase), max(updated_at) FROM customer")) {
      row.next();
      assertEquals(4_372, row.getInt(1));
      assertEquals("2010-12-01", row.getString(2));
      assertEquals("2011-12-09 12:50:00", row.getString(3));
    }
  }

  @Test
  void aDemoThatIsThereGoesOn() throws IOException {
    Path mine = temporary.resolve("conf/lake.conf");
    Files.createDirectories(mine.getParent());
    Files.writeString(mine, "mine");
    Console console = new Console(temporary, CLONE);

    assertEquals(0, console.type("demo", "--dir", "."));

    assertEquals("mine", Files.readString(mine));
    assertFalse(Files.exists(temporary.resolve("landing")));
  }

  @Test
  void theDemoLeavesAForeignFolderAlone() throws IOException {
    Files.writeString(temporary.resolve("thesis.txt"), "mine");
    Console console = new Console(temporary, CLONE);

    assertEquals(2, console.type("demo", "--dir", "."));

    assertTrue(console.err().contains("is not empty and not a project"), console.err());
    assertEquals(List.of(), console.engine.asked);
  }

  @Test
  void aLocalFolderMayHaveBlanksInItsName() {
    assertEquals("/data/my shop/lake", Landing.local("file:/data/my shop/lake"));
    assertEquals("/data/lake", Landing.local("file:///data/lake"));
    assertEquals("s3a://b/lake", Landing.local("s3a://b/lake"));
  }
}
