package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.deltalog.TableLog;
import io.sluice.deltalog.UnreadableLog;
import java.io.IOException;
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
        "Can't read the Delta log of %s: commit 00000000000000000000.json: Is a directory; try again when it can be read"
            .formatted(folder),
        Failures.told(new IllegalStateException(failure)));
  }
}
