package io.sluice.table.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.delta.storage.LogStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class SafeCommitsTest {
  private static final String FILE = "spark.delta.logStore.file.impl";
  private static final String S3 = "spark.delta.logStore.s3a.impl";

  @Test
  void theClassPathOfALocalRunHasBoth() throws ReflectiveOperationException {
    Map<String, String> settings = SafeCommits.settings(set(Map.of()));

    assertEquals(Set.of(FILE, S3), settings.keySet());
    for (String store : settings.values()) {
      // As Delta makes them.
      Object made =
          Class.forName(store)
              .getConstructor(Configuration.class)
              .newInstance(new Configuration(false));
      assertTrue(made instanceof LogStore);
    }
    assertEquals(Optional.empty(), SafeCommits.doubt("s3a://lake", set(Map.of())));
    assertEquals(Optional.empty(), SafeCommits.doubt("/data/lake", set(Map.of())));
    assertEquals(Optional.empty(), SafeCommits.doubt("hdfs://name/lake", set(Map.of())));
  }

  @Test
  void whatSomebodySetStays() {
    String delta = "io.delta.storage.HDFSLogStore";

    assertEquals(Set.of(S3), SafeCommits.settings(set(Map.of(FILE, delta))).keySet());
    assertEquals(
        Set.of(S3), SafeCommits.settings(set(Map.of("delta.logStore.file.impl", delta))).keySet());
    // Delta refuses one store for all beside one for a scheme.
    assertEquals(Map.of(), SafeCommits.settings(set(Map.of("spark.delta.logStore.class", delta))));
    assertTrue(
        SafeCommits.doubt("file:/lake", set(Map.of(FILE, delta))).orElseThrow().contains(delta));
    assertEquals(
        Optional.empty(),
        SafeCommits.doubt("s3a://lake", set(Map.of(S3, "io.delta.storage.S3DynamoDBLogStore"))));
  }

  @Test
  void anOldHadoopLeavesObjectStorageToDeltaAndIsTold() {
    assertEquals(Set.of(FILE), SafeCommits.settings(set(Map.of()), () -> false).keySet());
    assertTrue(
        SafeCommits.doubt("s3a://lake", set(Map.of()), () -> false)
            .orElseThrow()
            .contains("3.4.2"));
  }

  @Test
  void whereConditionalPutsAreOffTheyAreNotUsed() {
    Map<String, String> off = Map.of("spark.hadoop.fs.s3a.create.conditional.enabled", "false");

    assertEquals(Set.of(FILE), SafeCommits.settings(set(off)).keySet());
    assertTrue(SafeCommits.doubt("s3a://lake", set(off)).orElseThrow().contains("If-None-Match"));
  }

  private static Function<String, Optional<String>> set(Map<String, String> settings) {
    return key -> Optional.ofNullable(settings.get(key));
  }
}
