package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.deltalog.TableLog;
import io.sluice.deltalog.UnreadableLog;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FailuresTest {

  @TempDir Path folder;

  @Test
  void aLogThatCannotBeReadIsToldOfWithItsTable() throws IOException {
    Files.createDirectories(folder.resolve("_delta_log/00000000000000000000.json"));
    TableLog log = TableLog.at(folder.toString(), Map.of());
    UnreadableLog failure = assertThrows(UnreadableLog.class, () -> log.since(-1));

    assertEquals(
        "Can't read the Delta log of %s: commit 00000000000000000000.json: Is a directory"
            .formatted(folder),
        Failures.told(new IllegalStateException(failure)));
  }

  @Test
  void whatMayPassIsSaidTo() throws IOException {
    try (ServerSocket mute = new ServerSocket(0)) {
      String folder = "hdfs://localhost:%d/lake/sale".formatted(mute.getLocalPort());
      mute.close();
      Map<String, String> once = Map.of("spark.hadoop.ipc.client.connect.max.retries", "0");

      String told =
          Failures.told(
              assertThrows(UnreadableLog.class, () -> TableLog.at(folder, once).latest()));

      assertTrue(told.startsWith("Can't read the Delta log of " + folder), told);
      assertTrue(told.endsWith("; it may pass by itself"), told);
    }
  }
}
