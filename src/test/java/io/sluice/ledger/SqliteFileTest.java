package io.sluice.ledger;

import static io.sluice.ledger.Days.NOON;
import static io.sluice.ledger.Days.attempt;
import static io.sluice.ledger.Days.day;
import static io.sluice.ledger.Days.days;
import static io.sluice.ledger.Days.made;
import static io.sluice.ledger.Days.set;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger in a file: what can be wrong with it, and who may use it at the same time. */
class SqliteFileTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("ledger.db");
  }

  private static Ledger open(Path file) {
    return Ledgers.open("jdbc:sqlite:" + file, Optional.empty(), Optional.empty());
  }

  private static String messageOf(String url) {
    return String.valueOf(
        assertThrows(
                LedgerException.class, () -> Ledgers.open(url, Optional.empty(), Optional.empty()))
            .getMessage());
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("state"), "a file");
    String message = messageOf("jdbc:sqlite:" + inTheWay.resolve("ledger.db"));
    assertTrue(message.startsWith("The folder " + inTheWay + " of the ledger can't be made"));
    assertTrue(message.endsWith("or name another place in ledger.url"), message);
  }

  @Test
  void aFolderIsNoLedger() {
    assertEquals(
        "The ledger %s is a folder; name a file in ledger.url".formatted(folder),
        messageOf("jdbc:sqlite:" + folder));
  }

  @Test
  void aFileOfSomethingElseIsNotOverwritten() throws IOException {
    String text = "not a database ".repeat(100);
    Files.writeString(file(), text);
    String message = messageOf("jdbc:sqlite:" + file());
    assertTrue(message.startsWith("The ledger " + file() + " fails: "), message);
    assertTrue(
        message.endsWith("where it is something else, name another file in ledger.url"), message);
    assertEquals(text, Files.readString(file()));
  }

  @Test
  void aLedgerIsNotKeptInMemory() {
    assertEquals(
        "A ledger lies in a file, not in memory: write url = \"jdbc:sqlite:<path>\" instead of \"jdbc:sqlite::memory:\"",
        messageOf("jdbc:sqlite::memory:"));
  }

  @Test
  void anotherDatabaseIsRefusedWithoutItsPassword() {
    assertEquals(
        "A ledger lies in SQLite or PostgreSQL: write jdbc:sqlite:<path> or jdbc:postgresql://<host>/<database> instead of jdbc:mysql://db/x",
        messageOf("jdbc:mysql://db/x?password=hush"));
  }

  @Test
  void aLedgerOfANewerSluiceIsRefused() throws SQLException {
    open(file()).close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      new Transaction(connection).update("INSERT INTO migration (version) VALUES (99)");
    }
    assertTrue(
        messageOf("jdbc:sqlite:" + file()).contains("last used by a newer Sluice"),
        "tells to use the newer one");
  }

  @Test
  void aCommitIsOnDiskBeforeItIsAcknowledged() throws SQLException {
    Dialect dialect = Sqlite.of("jdbc:sqlite:" + file());
    try (Connection connection = dialect.connect()) {
      Transaction transaction = new Transaction(connection);
      assertEquals(
          List.of("wal"), transaction.list(row -> row.text("journal_mode"), "PRAGMA journal_mode"));
      assertEquals(
          List.of(2L), transaction.list(row -> row.number("synchronous"), "PRAGMA synchronous"));
    }
  }

  @Test
  void manyMayOpenANewLedgerAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<Integer>> opened = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        opened.add(
            threads.submit(
                () -> {
                  try (Ledger ledger = open(file())) {
                    return ledger.facts().size();
                  }
                }));
      }
      for (Future<Integer> facts : opened) {
        assertEquals(0, facts.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aPageThatIsDamagedIsFoundWhenItIsReadAndTheNextWhoOpensItMovesItAside() throws IOException {
    try (Ledger ledger = open(file())) {
      for (int day = 1; day <= 28; day++) {
        ledger.attemptStarted(attempt("a" + day, day(day)));
        ledger.attemptMade("a" + day, NOON, made("a" + day, "d" + day, day, day, day));
      }
    }
    byte[] bytes = Files.readAllBytes(file());
    Arrays.fill(bytes, 4096, bytes.length, (byte) 'x');
    Files.write(file(), bytes);
    assertThrows(
        DamagedLedger.class,
        () -> {
          try (Ledger ledger = open(file())) {
            ledger.facts();
          }
        });
    List<String> told = new ArrayList<>();
    try (Ledger ledger = openOrRenew(told)) {
      assertEquals(Map.of(), ledger.facts());
    }
    assertEquals(1, told.size());
    assertTrue(told.get(0).contains("moved to ledger.db.damaged-2011-02-01T120000Z"), told.get(0));
    assertArrayEquals(
        bytes, Files.readAllBytes(folder.resolve("ledger.db.damaged-2011-02-01T120000Z")));
    openOrRenew(told).close();
    assertEquals(1, told.size(), "the new one is well");
  }

  @Test
  void whatIsNotADatabaseIsNeverMoved() throws IOException {
    String text = "somebody's diary ".repeat(500);
    Files.writeString(file(), text);
    List<String> told = new ArrayList<>();
    assertThrows(LedgerException.class, () -> openOrRenew(told));
    assertEquals(List.of(), told);
    assertEquals(text, Files.readString(file()));
    try (Stream<Path> all = Files.list(folder)) {
      assertEquals(
          List.of("ledger.db", "ledger.db.lock"),
          all.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void aFileOfZerosIsWhatAMachineThatDiedLeaves() throws IOException {
    Files.write(file(), new byte[8192]);
    List<String> told = new ArrayList<>();
    openOrRenew(told).close();
    assertEquals(1, told.size());
  }

  @Test
  void whoHasALedgerOpenThatWasRemovedWritesNothingMore() throws IOException {
    try (Ledger ledger = open(file());
        Stream<Path> all = Files.list(folder)) {
      ledger.attemptStarted(attempt("a1", day(1)));
      for (Path each : all.toList()) {
        Files.delete(each);
      }
      String removed =
          String.valueOf(assertThrows(LedgerException.class, () -> ledger.facts()).getMessage());
      assertTrue(removed.contains("was removed, or another was put in its place"), removed);
      try (Ledger anew = open(file())) {
        assertThrows(LedgerException.class, () -> ledger.attemptStarted(attempt("a2", day(2))));
        assertEquals(List.of(), anew.openAttempts());
      }
    }
  }

  private Ledger openOrRenew(List<String> told) {
    return Ledgers.open(
        "jdbc:sqlite:" + file(),
        Optional.empty(),
        Optional.empty(),
        Clock.fixed(NOON, ZoneOffset.UTC),
        told::add);
  }

  @Test
  void twoProcessesWorkSideBySide() throws Exception {
    Path errors = folder.resolve("errors.log");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                file().toString())
            .redirectError(errors.toFile())
            .start();
    try (Ledger ledger = open(file());
        BufferedReader said = other.inputReader();
        OutputStream tell = other.getOutputStream()) {
      assertTrue(said.lines().anyMatch("ready"::equals), Files.readString(errors));
      tell.write('\n');
      tell.flush();
      for (int day = 1; day <= 31; day += 2) {
        ledger.attemptStarted(attempt("mine" + day, day(day)));
        ledger.attemptMade("mine" + day, NOON, made("mine" + day, "d1", day, day, day));
      }
      assertTrue(other.waitFor(2, TimeUnit.MINUTES), "the other process ends");
      assertEquals(0, other.exitValue(), Files.readString(errors));
      assertEquals(set(days(1, 31)), ledger.facts().values().iterator().next().made());
    } finally {
      other.destroyForcibly();
    }
  }
}
