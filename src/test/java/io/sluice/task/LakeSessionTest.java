package io.sluice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.testing.Jobs;
import io.sluice.testing.TestSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeSessionTest {
  private static final Lake BERLIN = Jobs.lake("mem:/lake", ZoneId.of("Europe/Berlin"));

  @Test
  void aClusterKeepsItsSizesAndItsMaster() {
    Map<String, String> settings = LakeSession.settings(BERLIN, true);
    assertEquals("CORRECTED", settings.get("spark.sql.parquet.int96RebaseModeInWrite"));

    assertFalse(settings.containsKey("spark.master"));
    assertFalse(settings.containsKey("spark.sql.shuffle.partitions"));
    assertFalse(settings.containsKey("spark.ui.enabled"));
    assertEquals("Europe/Berlin", settings.get("spark.sql.session.timeZone"));
    assertEquals("io.delta.sql.DeltaSparkSessionExtension", settings.get("spark.sql.extensions"));
  }

  @Test
  void aSessionOfOurOwnIsLean() {
    Map<String, String> settings = LakeSession.settings(BERLIN, false);

    assertEquals("false", settings.get("spark.ui.enabled"));
    assertEquals("2", settings.get("spark.sql.sources.parallelPartitionDiscovery.parallelism"));
  }

  /** Hadoop's own file system would leave a sum beside what it writes. */
  @Test
  void versionsOfLocalTablesAreHardLinks(@TempDir Path temp) {
    String table = temp.resolve("table").toString();

    TestSpark.session().range(1).write().format("delta").save(table);

    Path log = Path.of(table, "_delta_log");
    assertTrue(Files.exists(log.resolve("00000000000000000000.json")));
    assertFalse(Files.exists(log.resolve(".00000000000000000000.json.crc")));
  }

  @Test
  void executorsKeepTheirOptionsAndStandOnUtc() {
    assertEquals("-Duser.timezone=UTC", LakeSession.executorOptions(""));
    assertEquals("-Xss4m -Duser.timezone=UTC", LakeSession.executorOptions("-Xss4m"));
    assertEquals("-Duser.timezone=CET", LakeSession.executorOptions("-Duser.timezone=CET"));
  }

  @Test
  void aTasksSettingsAreItsOwn() {
    Job job = Jobs.sql("analysis.a", "SELECT 1").spark("spark.sql.shuffle.partitions", "7").build();
    SparkSession base = TestSpark.session();

    SparkSession session = TaskSession.open(base, BERLIN, job);
    SparkSession.clearActiveSession();

    assertEquals("7", session.conf().get("spark.sql.shuffle.partitions"));
    assertEquals("Europe/Berlin", session.conf().get("spark.sql.session.timeZone"));
    assertEquals("2", base.conf().get("spark.sql.shuffle.partitions"));
    assertEquals("UTC", base.conf().get("spark.sql.session.timeZone"));
  }

  @Test
  void aLakesSettingsAreThoseOfItsTasksThoughTheSessionWasThereBefore() {
    Map<String, String> settings =
        Map.of(
            "spark.sluice.table.internals", "false",
            "spark.sql.shuffle.partitions", "9",
            "spark.executor.memory", "9g",
            "spark.sql.extensions", "none.at.All");
    Lake lake =
        new Lake("test", "mem:/lake", BERLIN.time(), BERLIN.ledger(), 1, settings, new TreeMap<>());
    SparkSession base = TestSpark.session();

    SparkSession session = TaskSession.open(base, lake, Jobs.sql("analysis.a", "SELECT 1").build());
    SparkSession.clearActiveSession();

    assertEquals("false", session.conf().get("spark.sluice.table.internals"));
    assertEquals("9", session.conf().get("spark.sql.shuffle.partitions"));
    assertEquals(
        base.conf().get("spark.sql.extensions"), session.conf().get("spark.sql.extensions"));
    assertEquals("", base.conf().get("spark.sluice.table.internals", ""));
  }
}
