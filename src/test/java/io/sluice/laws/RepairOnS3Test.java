package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testing.S3Server;
import io.sluice.testing.TestSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake on S3 is put back and taken care of as one in a folder. */
class RepairOnS3Test {
  private static final String ROWS = "SELECT code, amount, day FROM raw.sale ORDER BY day, code";

  @TempDir Path folder = Path.of("");

  @Test
  void aRunIsUndoneAndWhatIsThereIsPutTogether() {
    try (S3Server server = new S3Server(folder.resolve("s3"), "repair")) {
      server
          .settingsOfHadoop()
          .forEach(TestSpark.session().sparkContext().hadoopConfiguration()::set);
      TestLake lake = lake(server);
      lake.run();
      String before = lake.made("sql", ROWS).out();
      lake.land("2011-01-02.csv", "code,amount", "z,9").run();
      assertNotEquals(before, lake.made("sql", ROWS).out());

      lake.made("undo", lake.history().get(0).id());

      assertEquals(before, lake.made("sql", ROWS).out());
      assertEquals("", lake.plan());

      lake.now(Instant.now().toString());
      String care = lake.made("care", "--now").out();
      assertTrue(care.contains("compacted 6 files into 1"), care);
      assertEquals(before, lake.made("sql", ROWS).out());
      assertTrue(
          server.objects("repair").stream()
              .anyMatch(object -> object.toString().contains("raw/sale/_delta_log")));
    }
  }

  /** One table, a file a row. */
  private TestLake lake(S3Server server) {
    String hadoop =
        server.settingsOfHadoop().entrySet().stream()
            .map(
                setting ->
                    "\"spark.hadoop.%s\" = \"%s\"\n"
                        .formatted(setting.getKey(), setting.getValue()))
            .collect(Collectors.joining());
    return SaleLake.at(folder)
        .remove("jobs/analysis/line.sql")
        .remove("jobs/aggregate/daily.sql")
        .file(
            "conf/lake.conf", "name = test\nroot = \"s3a://repair/lake\"\nspark {\n" + hadoop + "}")
        .edit(
            "jobs/raw/sale.conf",
            text ->
                text + "end = 2011-01-03\nspark { \"spark.sql.files.maxRecordsPerFile\" = 1 }\n")
        .land("2011-01-02.csv", "code,amount", "a,1", "b,2", "c,3", "d,4", "e,5", "f,6");
  }
}
