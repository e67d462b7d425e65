package io.sluice.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;

/**
 * Tells whether the file of a ledger is damaged, and gets it out of the way: never removed, as
 * somebody may want to look what can be had of it.
 */
record SqliteDamage(Sqlite sqlite) {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 100;
  private static final Object ONE_AT_A_TIME = new Object();
  private static final List<String> SIDE_FILES = List.of("-wal", "-shm", "-journal");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  static boolean isTold(SQLException failure) {
    int code = failure.getErrorCode();
    int primary = code & 0xff;
    return primary == SQLiteErrorCode.SQLITE_CORRUPT.code
        || primary == SQLiteErrorCode.SQLITE_NOTADB.code
        || code == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ.code;
  }

  /** Somebody found it damaged while it was used: the next who opens it looks at all of it. */
  void suspect() {
    try {
      if (isOurs() && !Files.exists(suspicion())) {
        Files.createFile(suspicion());
      }
    } catch (IOException e) {
      // The next who uses it will find it damaged, too.
      return;
    }
  }

  /**
   * Whether it is worth to look at all of it. Pages are written as a whole, and the first tells how
   * many there are.
   */
  boolean isSuspect() {
    try {
      if (!Files.exists(file())) {
        return false;
      }
      long length = Files.size(file());
      if (length == 0) {
        return size("-wal") > 0;
      }
      return Files.exists(suspicion())
          || isOurs() && (length < HEADER || length < told() || length % pageSize() != 0);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Moves it away, with all that belongs to it, where it is damaged; nobody else opens it
   * meanwhile.
   *
   * @return what a person is told
   */
  Optional<String> moveAway(Clock clock) {
    synchronized (ONE_AT_A_TIME) {
      try (FileChannel lock =
              FileChannel.open(
                  beside(file(), ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var held = lock.lock()) {
        return held.isValid() ? moved(clock) : Optional.empty();
      } catch (IOException e) {
        throw new LedgerException(
            "The ledger %s is damaged and can't be locked, to be moved out of the way: %s"
                .formatted(file(), e),
            e);
      }
    }
  }

  private Optional<String> moved(Clock clock) {
    try {
      if (!isDamaged()) {
        Files.deleteIfExists(suspicion());
        return Optional.empty();
      }
      Path away = away(clock);
      for (String end : SIDE_FILES) {
        if (Files.exists(beside(file(), end))) {
          Files.move(beside(file(), end), beside(away, end));
        }
      }
      Files.move(file(), away);
      Files.deleteIfExists(suspicion());
      return Optional.of(
          "the ledger %s was damaged: it was moved to %s, and a new one is made of the tables' receipts"
              .formatted(file(), away.getFileName()));
    } catch (IOException e) {
      throw new LedgerException(
          "The ledger %s is damaged and can't be moved out of the way: %s; move it yourself, a new one is made of the tables' receipts"
              .formatted(file(), e),
          e);
    }
  }

  private boolean isDamaged() throws IOException {
    if (!Files.exists(file())) {
      return false;
    }
    if (Files.size(file()) == 0) {
      return size("-wal") > 0;
    }
    if (!isOurs()) {
      return false;
    }
    return Files.size(file()) < HEADER || !isWhole();
  }

  private boolean isWhole() throws IOException {
    try (Connection connection = sqlite.connect();
        Statement statement = connection.createStatement()) {
      // What a process that died had not yet put into the file itself.
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      if (Files.size(file()) % pageSize() != 0) {
        return false;
      }
      try (var check = statement.executeQuery("PRAGMA quick_check(1)")) {
        return check.next() && check.getString(1).equals("ok");
      }
    } catch (SQLException e) {
      if (isTold(e)) {
        return false;
      }
      throw new LedgerException(
          "The ledger %s fails: %s%s".formatted(file(), e.getMessage(), sqlite.hint(e)), e);
    }
  }

  /** Not what somebody else has put there: it begins as SQLite does, or as a lost disk block. */
  private boolean isOurs() throws IOException {
    byte[] begin = begin();
    byte[] magic = Arrays.copyOf(begin, Math.min(begin.length, MAGIC.length));
    return Arrays.equals(magic, Arrays.copyOf(MAGIC, magic.length))
        || Arrays.equals(begin, new byte[begin.length]);
  }

  private long told() throws IOException {
    return (ByteBuffer.wrap(begin()).getInt(28) & 0xffffffffL) * pageSize();
  }

  private long pageSize() throws IOException {
    byte[] begin = begin();
    int told = begin.length < HEADER ? 0 : ByteBuffer.wrap(begin).getShort(16) & 0xffff;
    return told == 1 ? 65536 : Math.max(told, 1);
  }

  private byte[] begin() throws IOException {
    try (InputStream in = Files.newInputStream(file())) {
      return in.readNBytes(HEADER);
    }
  }

  private long size(String end) throws IOException {
    Path beside = beside(file(), end);
    return Files.exists(beside) ? Files.size(beside) : 0;
  }

  private Path away(Clock clock) {
    Path away = beside(file(), ".damaged-" + TIME.format(clock.instant()));
    for (int i = 2; Files.exists(away); i++) {
      away = beside(file(), ".damaged-%s-%d".formatted(TIME.format(clock.instant()), i));
    }
    return away;
  }

  private Path suspicion() {
    return beside(file(), ".suspect");
  }

  private Path file() {
    return sqlite.file();
  }

  private static Path beside(Path file, String end) {
    return file.resolveSibling(file.getFileName() + end);
  }

  private LedgerException unreadable(IOException e) {
    return new LedgerException("The ledger %s can't be read: %s".formatted(file(), e), e);
  }
}
