package io.sluice.table.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.delta.storage.CloseableIterator;
import io.delta.storage.HDFSLogStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardLinkLogStoreTest {
  private static final Configuration HADOOP = new Configuration();
  private static final HardLinkLogStore STORE = new HardLinkLogStore(HADOOP);

  @TempDir Path temp = Path.of("");
  private Path log = Path.of("");

  @BeforeEach
  void makeAFolderWithABlank() throws IOException {
    log = Files.createDirectories(temp.resolve("a table%20/_delta_log"));
  }

  @Test
  void ofManyThreadsOneGetsEachVersion() throws Exception {
    int threads = 6;
    int versions = 60;
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService writers = Executors.newFixedThreadPool(threads);
    List<Future<List<String>>> all = new ArrayList<>();
    try {
      for (int i = 0; i < threads; i++) {
        String name = "writer" + i;
        all.add(writers.submit(() -> wins(name, versions, together)));
      }
      List<String> wins = new ArrayList<>();
      for (Future<List<String>> one : all) {
        wins.addAll(one.get());
      }
      assertEquals(versions, wins.size());
      for (long version = 0; version < versions; version++) {
        assertTrue(wins.contains(version + " " + read(version).get(0)), wins::toString);
      }
    } finally {
      writers.shutdownNow();
    }
    assertEquals(versions, names().size(), () -> "Nothing else is there: " + names());
  }

  private List<String> wins(String name, int versions, CyclicBarrier together) throws Exception {
    List<String> wins = new ArrayList<>();
    for (long version = 0; version < versions; version++) {
      together.await();
      try {
        STORE.write(at(version), List.of(name).iterator(), false, HADOOP);
        wins.add(version + " " + name);
      } catch (FileAlreadyExistsException another) {
        continue;
      }
    }
    return wins;
  }

  @Test
  void whatAKilledWriterLeftIsReadByNobodyAndGoesWhenItIsOld() throws IOException {
    String half = "{\"commitInfo\":{\"timest";
    Path old = Files.writeString(log.resolve(".00000000000000000000.json.a.tmp"), half);
    Path young = Files.writeString(log.resolve(".00000000000000000001.json.b.tmp"), half);

    STORE.write(at(0), List.of("first").iterator(), false, HADOOP);
    assertEquals(List.of("00000000000000000000.json"), listed());
    assertTrue(Files.exists(old), "It may be somebody's who is at it");

    HardLinkLogStore nextProcess = new HardLinkLogStore(HADOOP);
    Path other = Files.createDirectories(temp.resolve("other/_delta_log"));
    Path left = Files.move(old, other.resolve(old.getFileName()));
    Files.setLastModifiedTime(
        left,
        FileTime.from(Files.getLastModifiedTime(young).toInstant().minus(Duration.ofHours(2))));
    nextProcess.write(
        new org.apache.hadoop.fs.Path(other.toUri().toString(), "00000000000000000000.json"),
        List.of("first").iterator(),
        false,
        HADOOP);

    assertFalse(Files.exists(left));
    assertTrue(Files.exists(young));
  }

  @Test
  void aWriteThatFailsOnTheWayLeavesNothing() {
    Iterator<String> breaks =
        new Iterator<>() {
          private int lines;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public String next() {
            if (++lines > 3) {
              throw new IllegalStateException("no more");
            }
            return "line";
          }
        };

    assertThrows(IllegalStateException.class, () -> STORE.write(at(0), breaks, false, HADOOP));

    assertEquals(List.of(), names());
  }

  @Test
  void aVersionThatIsTakenStaysAsItIs() throws IOException {
    STORE.write(at(0), List.of("mine").iterator(), false, HADOOP);

    assertThrows(
        FileAlreadyExistsException.class,
        () -> STORE.write(at(0), List.of("yours").iterator(), false, HADOOP));

    assertEquals(List.of("mine"), read(0));
  }

  @Test
  void whatHadoopWroteBeforeIsReplacedWithItsChecksum() throws IOException {
    org.apache.hadoop.fs.Path last = new org.apache.hadoop.fs.Path(at(0), "../_last_checkpoint");
    new HDFSLogStore(HADOOP).write(last, List.of("before").iterator(), true, HADOOP);
    assertTrue(names().contains("._last_checkpoint.crc"), () -> "Hadoop's own: " + names());

    STORE.write(last, List.of("after").iterator(), true, HADOOP);

    try (CloseableIterator<String> lines = STORE.read(last, HADOOP)) {
      assertEquals("after", lines.next());
    }
    assertEquals(List.of("_last_checkpoint"), names());
  }

  @Test
  void aFileSystemWithoutHardLinksIsToldAndHowToDoWithout() {
    HardLinkLogStore none =
        new HardLinkLogStore(HADOOP) {
          @Override
          void link(Path name, Path file) throws IOException {
            throw new FileSystemException(name.toString(), "", "Operation not permitted");
          }
        };

    IOException refused =
        assertThrows(
            IOException.class, () -> none.write(at(0), List.of("first").iterator(), false, HADOOP));

    String told = String.valueOf(refused.getMessage());
    assertTrue(told.contains("Operation not permitted"), told);
    assertTrue(told.contains("spark.delta.logStore.file.impl"), told);
    assertEquals(List.of(), names());
  }

  @Test
  void anAnswerThatWasLostIsNotTakenForAnothersVersion() throws IOException {
    HardLinkLogStore twice =
        new HardLinkLogStore(HADOOP) {
          @Override
          void link(Path name, Path file) throws IOException {
            super.link(name, file);
            super.link(name, file);
          }
        };

    twice.write(at(0), List.of("mine").iterator(), false, HADOOP);

    assertEquals(List.of("mine"), read(0));
    assertEquals(1, names().size());
  }

  @Test
  void withoutAFolderThereIsNoLog() {
    assertThrows(
        FileNotFoundException.class,
        () ->
            STORE.write(
                new org.apache.hadoop.fs.Path(temp.toUri().toString(), "none/0.json"),
                List.of("first").iterator(),
                false,
                HADOOP));
  }

  private org.apache.hadoop.fs.Path at(long version) {
    return CommitChild.version("file:" + log, version);
  }

  private List<String> read(long version) throws IOException {
    List<String> lines = new ArrayList<>();
    try (CloseableIterator<String> all = STORE.read(at(version), HADOOP)) {
      all.forEachRemaining(lines::add);
    }
    return lines;
  }

  /** As Delta asks. */
  private List<String> listed() throws IOException {
    List<String> names = new ArrayList<>();
    Iterator<FileStatus> all = STORE.listFrom(at(0), HADOOP);
    all.forEachRemaining(file -> names.add(file.getPath().getName()));
    return names;
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    try (var files = Files.newDirectoryStream(log)) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return names.stream().sorted().toList();
  }
}
