package io.sluice.deltalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.time.Cadence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log has forgotten is told all the same, where it was kept. */
class KeptCommitsTest {
  @TempDir Path table;
  private KeptCommits kept;

  @BeforeEach
  void tenCommits() throws IOException {
    kept = new KeptCommits(table.toString(), Map.of());
    Files.createDirectories(table.resolve("_delta_log"));
    for (int version = 0; version < 10; version++) {
      commit(version);
    }
  }

  @Test
  void whatWasKeptIsAsItWas() throws IOException {
    LogTail whole = history().since(-1);
    assertEquals(6, kept.keep(6));
    clean(6);
    assertEquals(whole, history().since(-1));
    assertEquals(history().since(3), LogHistory.at("file:" + table, Map.of()).since(3));
    assertTrue(TableLog.at(table.toString(), Map.of()).since(-1).gap().isPresent());
  }

  @Test
  void itIsKeptPartByPartAndOnce() throws IOException {
    LogTail whole = history().since(-1);
    assertEquals(2, kept.keep(2));
    assertEquals(2, kept.keep(2));
    clean(2);
    assertEquals(5, kept.keep(5));
    clean(5);
    assertEquals(whole, history().since(-1));
    assertEquals(
        List.of(
            "00000000000000000000-00000000000000000002.json",
            "00000000000000000003-00000000000000000005.json"),
        files());
  }

  @Test
  void whatOthersCleanedWithoutKeepingItIsAGap() throws IOException {
    kept.keep(2);
    clean(4);
    assertEquals(7, kept.keep(7));
    clean(7);
    LogTail tail = history().since(-1);
    assertEquals(Optional.of(LogGap.cleaned(3, 4)), tail.gap());
    assertEquals(
        List.of(0L, 1L, 2L, 5L, 6L, 7L, 8L, 9L),
        tail.commits().stream().map(Commit::version).toList());
    assertEquals(Optional.empty(), history().since(4).gap());
    assertEquals(OptionalLong.of(9), history().since(4).latest());
  }

  @Test
  void aFileThatWasNotFinishedIsNone() throws IOException {
    kept.keep(2);
    Files.writeString(
        table.resolve("_sluice/receipts/.00000000000000000003-00000000000000000005.json.x.tmp"),
        "{\"vers");
    clean(2);
    assertEquals(Optional.empty(), history().since(-1).gap());
  }

  @Test
  void nothingIsKeptOfATableThatIsNotThere() {
    assertEquals(-1, new KeptCommits(table + "/none", Map.of()).keep(5));
  }

  private LogHistory history() {
    return LogHistory.at(table.toString(), Map.of());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(table.resolve("_sluice/receipts"))) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void clean(int upTo) throws IOException {
    for (int version = 0; version <= upTo; version++) {
      Files.deleteIfExists(log(version));
    }
  }

  private Path log(int version) {
    return table.resolve("_delta_log/%020d.json".formatted(version));
  }

  /** Ours and others' by turns. */
  private void commit(int version) throws IOException {
    Receipt receipt =
        new Receipt(
            "retail",
            "raw.sales",
            "r1",
            "r1-%d.1".formatted(version),
            "d1",
            Map.of("raw.fx_rate", 3L),
            List.of(
                new Receipt.Made(
                    Cadence.DAY.at(LocalDate.of(2011, 1, 1 + version).atStartOfDay()), 100, 2)),
            List.of("abc"),
            "");
    String metadata =
        version % 2 == 0
            ? ",\"userMetadata\":\"%s\"".formatted(ReceiptJson.write(receipt).replace("\"", "\\\""))
            : "";
    Files.writeString(
        log(version),
        """
        {"commitInfo":{"timestamp":%d,"operation":"WRITE"%s}}
        {"metaData":{"schemaString":"{\\"type\\":\\"struct\\",\\"fields\\":[{\\"name\\":\\"b\\",\\"type\\":\\"long\\"},{\\"name\\":\\"a\\",\\"type\\":\\"string\\"}]}"}}
        {"txn":{"appId":"sluice.raw.sales","version":%d}}
        {"add":{"path":"x","partitionValues":{"day":"2011-01-%02d"},"dataChange":true}}
        {"remove":{"path":"y","dataChange":true}}
        """
            .formatted(1000L * version, metadata, version, 1 + version));
  }
}
