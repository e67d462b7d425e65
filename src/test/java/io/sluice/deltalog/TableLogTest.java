package io.sluice.deltalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.time.Cadence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs written by hand: every action that matters, and what is no longer there. */
class TableLogTest {

  private static final String INFO =
      "{\"commitInfo\":{\"timestamp\":1300000000000,\"operation\":\"WRITE\","
          + "\"operationParameters\":{\"mode\":\"Append\"}}}";

  @TempDir Path folder;
  private Path table;
  private TableLog log;

  @BeforeEach
  void makeTable() throws IOException {
    table = folder.resolve("raw/a b%20c");
    Files.createDirectories(table.resolve("_delta_log"));
    log = TableLog.at(table.toString(), Map.of());
  }

  private void commit(long version, String... actions) throws IOException {
    Files.writeString(file(version), String.join("\n", actions) + "\n");
  }

  private Path file(long version) {
    return table.resolve("_delta_log").resolve("%020d.json".formatted(version));
  }

  private static String add(String day) {
    return add(day, true);
  }

  private static String add(String day, boolean dataChange) {
    return "{\"add\":{\"path\":\"day=%s/part%%2520-1.parquet\",\"partitionValues\":{\"day\":\"%s\"},\"size\":1,\"modificationTime\":1,\"dataChange\":%s,\"stats\":\"{\\\"numRecords\\\":1}\",\"tags\":{\"a\":\"b\"}}}"
        .formatted(day, day, dataChange);
  }

  private static String remove(String day) {
    return "{\"remove\":{\"path\":\"day=%s/x\",\"deletionTimestamp\":1,\"dataChange\":true,\"extendedFileMetadata\":true,\"partitionValues\":{\"day\":\"%s\"},\"size\":1}}"
        .formatted(day, day);
  }

  private Commit only(String... actions) throws IOException {
    commit(0, actions);
    return log.since(-1).commits().get(0);
  }

  private List<Long> versionsSince(long version) {
    return log.since(version).commits().stream().map(Commit::version).toList();
  }

  @Test
  void aTableThatIsNotThereHasNoVersion() {
    TableLog none = TableLog.at(folder.resolve("none").toString(), Map.of());
    assertEquals(OptionalLong.empty(), none.latest());
    assertEquals(new LogTail(List.of(), OptionalLong.empty(), Optional.empty()), none.since(-1));
  }

  @Test
  void commitsAreReadFromTheKnownVersionOn() throws IOException {
    for (int version = 0; version < 12; version++) {
      commit(version, INFO, add("2011-01-01"));
    }
    Files.writeString(table.resolve("_delta_log/00000000000000000010.checkpoint.parquet"), "");
    Files.writeString(table.resolve("_delta_log/00000000000000000011.crc"), "{}");
    Files.writeString(
        table.resolve("_delta_log/00000000000000000000.00000000000000000009.compacted.json"), "");
    assertEquals(OptionalLong.of(11), log.latest());
    assertEquals(List.of(9L, 10L, 11L), versionsSince(8));
    assertEquals(12, versionsSince(-1).size());
    assertEquals(new LogTail(List.of(), OptionalLong.of(11), Optional.empty()), log.since(11));
  }

  @Test
  void whenAndWhatACommitWasIsTold() throws IOException {
    Commit commit = only(INFO, add("2011-01-01"));
    assertEquals(Instant.ofEpochMilli(1300000000000L), commit.at());
    assertEquals("WRITE", commit.operation());
    assertEquals(Optional.empty(), commit.receipt());
  }

  @Test
  void theTimeInTheCommitIsBelievedFirstAndTheFilesLast() throws IOException {
    Commit both =
        only(
            "{\"commitInfo\":{\"inCommitTimestamp\":1400000000000,\"timestamp\":1300000000000,\"userMetadata\":null}}");
    assertEquals(Instant.ofEpochMilli(1400000000000L), both.at());
    commit(0, add("2011-01-01"));
    Files.setLastModifiedTime(file(0), FileTime.from(Instant.ofEpochSecond(1500000000)));
    assertEquals(Instant.ofEpochSecond(1500000000), log.since(-1).commits().get(0).at());
  }

  @Test
  void everyTouchedPartitionIsToldOnce() throws IOException {
    Commit commit =
        only(
            INFO, add("2011-01-02"), remove("2011-01-01"), remove("2011-01-02"), add("2011-01-02"));
    assertTrue(commit.changesData());
    assertFalse(commit.touchesUnknown());
    assertEquals(
        List.of(Map.of("day", "2011-01-02"), Map.of("day", "2011-01-01")), commit.partitions());
  }

  @Test
  void aCompactionTouchesNothing() throws IOException {
    Commit commit =
        only(
            INFO,
            add("2011-01-02", false),
            "{\"remove\":{\"path\":\"x\",\"dataChange\":false}}",
            "{\"txn\":{\"appId\":\"a\",\"version\":1}}");
    assertFalse(commit.changesData());
    assertFalse(commit.touchesUnknown());
    assertEquals(List.of(), commit.partitions());
  }

  @Test
  void aFileWithoutItsPartitionMayHaveTouchedAnything() throws IOException {
    Commit commit =
        only(
            INFO,
            add("2011-01-02"),
            "{\"remove\":{\"path\":\"day=2011-01-01/x\",\"dataChange\":true,\"extendedFileMetadata\":false}}");
    assertTrue(commit.touchesUnknown());
    assertEquals(List.of(Map.of("day", "2011-01-02")), commit.partitions());
    assertTrue(
        only("{\"remove\":{\"path\":\"x\",\"partitionValues\":null}}").touchesUnknown(),
        "and what does not say that it changes nothing, changes something");
  }

  @Test
  void aNullPartitionAndNoPartitionsAreEmptyMaps() throws IOException {
    assertEquals(
        List.of(Map.of()),
        only("{\"add\":{\"path\":\"x\",\"partitionValues\":{\"day\":null},\"dataChange\":true}}")
            .partitions());
    assertEquals(
        List.of(Map.of()),
        only("{\"add\":{\"path\":\"x\",\"partitionValues\":{},\"dataChange\":true}}").partitions());
  }

  @Test
  void aDeletionVectorChangesData() throws IOException {
    Commit commit =
        only(
            "{\"add\":{\"path\":\"x\",\"partitionValues\":{\"day\":\"2011-01-03\"},\"dataChange\":true,\"deletionVector\":{\"storageType\":\"u\",\"pathOrInlineDv\":\"ab\",\"sizeInBytes\":1,\"cardinality\":1}}}");
    assertTrue(commit.changesData());
    assertEquals(List.of(Map.of("day", "2011-01-03")), commit.partitions());
  }

  @Test
  void metadataIsAChangeOfSchema() throws IOException {
    Commit commit =
        only(
            "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}",
            "{\"metaData\":{\"id\":\"x\",\"format\":{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":\"{}\",\"partitionColumns\":[\"day\"],\"configuration\":{}}}");
    assertTrue(commit.columns().isPresent());
    assertFalse(commit.changesData());
  }

  @Test
  void aReceiptIsReadAndForeignMetadataIsNot() throws IOException {
    Receipt receipt =
        new Receipt(
            "retail",
            "raw.sales",
            "r",
            "a",
            "d",
            Map.of(),
            List.of(
                new Receipt.Made(Cadence.DAY.at(LocalDate.of(2011, 1, 1).atStartOfDay()), 5, 1)));
    String text = ReceiptJson.write(receipt).replace("\"", "\\\"");
    assertEquals(
        Optional.of(receipt),
        only("{\"commitInfo\":{\"timestamp\":1,\"userMetadata\":\"" + text + "\"}}").receipt());
    assertEquals(
        Optional.empty(),
        only("{\"commitInfo\":{\"timestamp\":1,\"userMetadata\":\"mine\"}}").receipt());
  }

  @Test
  void commitsThatWereCleanedAwayAreAGap() throws IOException {
    commit(7, INFO, add("2011-01-01"));
    commit(8, INFO, add("2011-01-01"));
    LogTail tail = log.since(3);
    assertEquals(Optional.of(LogGap.cleaned(4, 6)), tail.gap());
    assertEquals("commits 4 to 6 are no longer in the table's log", tail.gap().orElseThrow().why());
    assertEquals(List.of(7L, 8L), tail.commits().stream().map(Commit::version).toList());
    assertEquals(OptionalLong.of(8), tail.latest());
    assertEquals(Optional.empty(), log.since(6).gap(), "the next is there");
    assertEquals(Optional.of(LogGap.cleaned(6, 6)), log.since(5).gap());
  }

  @Test
  void aCheckpointAloneIsAVersion() throws IOException {
    Files.writeString(table.resolve("_delta_log/00000000000000000010.checkpoint.parquet"), "");
    assertEquals(OptionalLong.of(10), log.latest());
    assertEquals(new LogTail(List.of(), OptionalLong.of(10), Optional.empty()), log.since(10));
    assertTrue(log.since(9).gap().isPresent());
  }

  @Test
  void aTableMadeAnewIsAGap() throws IOException {
    commit(0, INFO);
    commit(1, INFO);
    LogTail tail = log.since(7);
    assertEquals(
        Optional.of(
            "the table's newest version is 1, but 7 was seen before: it was removed and made anew"),
        tail.gap().map(LogGap::why));
    assertEquals(OptionalLong.of(1), tail.latest());
  }

  @Test
  void aTableThatIsGoneIsAGap() {
    LogTail tail = log.since(7);
    assertEquals(
        Optional.of("there is no table any more, but its version 7 was seen"),
        tail.gap().map(LogGap::why));
    assertEquals(OptionalLong.empty(), tail.latest());
  }

  @Test
  void aBrokenCommitIsNamed() throws IOException {
    commit(0, INFO, "{\"add\":{\"path\":");
    UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> log.since(-1));
    assertTrue(
        String.valueOf(e.getMessage())
            .startsWith(
                "Can't read the Delta log of %s: commit 00000000000000000000.json: "
                    .formatted(table)),
        e.getMessage());
  }

  @Test
  void aUriIsTakenAsSparkTakesIt() throws IOException {
    commit(0, INFO);
    assertEquals(OptionalLong.of(0), TableLog.at("file:" + table, Map.of()).latest());
    assertEquals(OptionalLong.of(0), TableLog.at("file://" + table, Map.of()).latest());
  }

  @Test
  void anotherFileSystemIsReadThroughHadoop() throws IOException {
    commit(3, INFO, add("2011-01-01"));
    commit(4, INFO, add("2011-01-02"));
    TableLog other =
        TableLog.at(
            "other://host" + table,
            Map.of("spark.hadoop.fs.other.impl", OtherFileSystem.class.getName()));
    assertEquals(OptionalLong.of(4), other.latest());
    assertEquals(1, other.since(3).commits().size());
    assertTrue(other.since(1).gap().isPresent());
    assertEquals(OptionalLong.empty(), TableLog.at("other://host/none", settings()).latest());
    commit(5, add("2011-01-02"));
    Files.setLastModifiedTime(file(5), FileTime.from(Instant.ofEpochSecond(1500000000)));
    assertEquals(Instant.ofEpochSecond(1500000000), other.since(4).commits().get(0).at());
  }

  private static Map<String, String> settings() {
    return Map.of("spark.hadoop.fs.other.impl", OtherFileSystem.class.getName(), "spark.x", "y");
  }
}
