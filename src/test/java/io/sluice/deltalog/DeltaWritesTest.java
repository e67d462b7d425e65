package io.sluice.deltalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testing.TestSpark;
import io.sluice.time.Cadence;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from a log that Delta itself wrote. */
class DeltaWritesTest {

  @TempDir Path folder;

  private final SparkSession spark = TestSpark.session();

  private static Set<String> days(Commit commit) {
    return commit.partitions().stream()
        .map(partition -> partition.getOrDefault("day", "none"))
        .collect(Collectors.toSet());
  }

  private void write(String rows, String mode, Map<String, String> options) {
    spark
        .sql("SELECT * FROM VALUES " + rows + " AS t(id, day)")
        .selectExpr("id", "CAST(day AS DATE) AS day")
        .repartition(1)
        .write()
        .format("delta")
        .partitionBy("day")
        .mode(mode)
        .options(options)
        .save(table());
  }

  private String table() {
    return folder.resolve("a table").toString();
  }

  @Test
  void everyKindOfWriteIsTold() {
    Receipt receipt =
        new Receipt(
            "retail",
            "raw.sales",
            "r",
            "a",
            "d",
            Map.of("raw.fx_rate", 4L),
            List.of(
                new Receipt.Made(Cadence.DAY.at(LocalDate.of(2011, 1, 1).atStartOfDay()), 2, 0)));
    TableLog log = TableLog.at(table(), Map.of());
    assertEquals(OptionalLong.empty(), log.latest());

    write(
        "(1, '2011-01-01'), (2, '2011-01-01'), (3, NULL)",
        "append",
        Map.of("userMetadata", ReceiptJson.write(receipt)));
    write("(4, '2011-01-01'), (5, '2011-01-02')", "append", Map.of());
    write("(6, '2011-01-02')", "overwrite", Map.of("replaceWhere", "day = '2011-01-02'"));
    spark.sql("OPTIMIZE delta.`%s`".formatted(table()));
    spark.sql("DELETE FROM delta.`%s` WHERE day = '2011-01-02'".formatted(table()));
    spark.sql("DELETE FROM delta.`%s` WHERE id = 4".formatted(table()));
    spark.sql("ALTER TABLE delta.`%s` ADD COLUMN note STRING".formatted(table()));
    spark.sql(
        "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')"
            .formatted(table()));
    spark.sql("UPDATE delta.`%s` SET note = 'x' WHERE id = 1".formatted(table()));
    spark.sql("DELETE FROM delta.`%s` WHERE id = 2".formatted(table()));

    LogTail tail = log.since(-1);
    List<Commit> commits = tail.commits();
    assertEquals(OptionalLong.of(9), tail.latest());
    assertEquals(Optional.empty(), tail.gap());
    assertTrue(commits.stream().noneMatch(Commit::touchesUnknown));

    assertEquals(Optional.of(receipt), commits.get(0).receipt());
    assertEquals(Set.of("2011-01-01", "none"), days(commits.get(0)));
    assertTrue(commits.get(0).columns().isPresent());

    assertEquals(Optional.empty(), commits.get(1).receipt());
    assertFalse(commits.get(1).columns().isPresent());
    assertEquals(Set.of("2011-01-01", "2011-01-02"), days(commits.get(1)));

    assertEquals(Set.of("2011-01-02"), days(commits.get(2)), "replaceWhere");

    assertEquals("OPTIMIZE", commits.get(3).operation());
    assertFalse(commits.get(3).changesData());
    assertEquals(List.of(), commits.get(3).partitions());

    assertEquals(Set.of("2011-01-02"), days(commits.get(4)), "a day that only lost its files");
    assertEquals(Set.of("2011-01-01"), days(commits.get(5)), "one row of a day");

    assertTrue(commits.get(6).columns().isPresent());
    assertFalse(commits.get(6).changesData());

    assertEquals(Set.of("2011-01-01"), days(commits.get(8)), "UPDATE");
    assertTrue(commits.get(9).changesData(), "DELETE by a deletion vector");
    assertEquals(Set.of("2011-01-01"), days(commits.get(9)));
  }

  @Test
  void aTableWithoutPartitionsIsOnePartition() {
    spark.range(5).repartition(1).write().format("delta").save(table());
    Commit commit = TableLog.at(table(), Map.of()).since(-1).commits().get(0);
    assertEquals(List.of(Map.of()), commit.partitions());
    assertTrue(commit.changesData());
  }
}
