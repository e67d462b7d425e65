package io.sluice.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/** A ledger in a file of this machine, which many processes may use side by side. */
record Sqlite(String url, Path file) implements Dialect {

  static final String PREFIX = "jdbc:sqlite:";

  private static final int PATIENCE_MILLIS = 30_000;

  static Sqlite of(String url) {
    String name = url.substring(PREFIX.length()).replaceFirst("^file:(//)?", "").split("\\?", 2)[0];
    if (name.isBlank() || name.contains(":memory:")) {
      throw new LedgerException(
          "A ledger lies in a file, not in memory: write url = \"jdbc:sqlite:<path>\" instead of \""
              + url
              + "\"");
    }
    return new Sqlite(url, Path.of(name).toAbsolutePath().normalize());
  }

  @Override
  public String place() {
    return file.toString();
  }

  @Override
  public void prepare() {
    Path folder = file.getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new LedgerException(
          "The folder %s of the ledger can't be made (%s); let this user write there, or name another place in ledger.url"
              .formatted(folder, e),
          e);
    }
    if (Files.isDirectory(file)) {
      throw new LedgerException(
          "The ledger %s is a folder; name a file in ledger.url".formatted(file));
    }
    Path mustBeWritable = Files.exists(file) || folder == null ? file : folder;
    if (!Files.isWritable(mustBeWritable)) {
      throw new LedgerException(
          "The ledger %s can't be written; let this user write %s, or name another place in ledger.url"
              .formatted(file, mustBeWritable));
    }
  }

  @Override
  public Connection connect() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(PATIENCE_MILLIS);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    return config.createConnection(url);
  }

  @Override
  public String identity() {
    try {
      return String.valueOf(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    } catch (IOException gone) {
      return "";
    }
  }

  @Override
  public void begin(Connection connection, boolean writes) throws SQLException {
    connection
        .unwrap(SQLiteConnection.class)
        .setCurrentTransactionMode(
            writes
                ? SQLiteConfig.TransactionMode.IMMEDIATE
                : SQLiteConfig.TransactionMode.DEFERRED);
    connection.setAutoCommit(false);
  }

  @Override
  public String forUpdate() {
    return "";
  }

  @Override
  public String serial() {
    return "INTEGER PRIMARY KEY AUTOINCREMENT";
  }

  /** All who use the file are on this machine. */
  @Override
  public Instant now(Transaction transaction, Instant here) {
    return here;
  }

  @Override
  public String findVersion() {
    return "SELECT name FROM sqlite_master WHERE name = 'migration'";
  }

  /** Who writes is alone. */
  @Override
  public void lockTables(Transaction transaction) {}

  @Override
  public boolean mayPass(SQLException failure) {
    int code = primary(failure);
    return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code;
  }

  @Override
  public boolean isLost(SQLException failure) {
    return false;
  }

  @Override
  public boolean isDamage(SQLException failure) {
    return SqliteDamage.isTold(failure);
  }

  @Override
  public Optional<String> setAside(Clock clock, boolean isLookedFor) {
    SqliteDamage damage = new SqliteDamage(this);
    if (!isLookedFor && !damage.isSuspect()) {
      return Optional.empty();
    }
    return damage.moveAway(clock);
  }

  @Override
  public void suspect() {
    new SqliteDamage(this).suspect();
  }

  @Override
  public String hint(SQLException failure) {
    int code = primary(failure);
    if (code == SQLiteErrorCode.SQLITE_READONLY.code
        || code == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
      return "; let this user write the file and its folder";
    }
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return "; make room on its disk";
    }
    if (code == SQLiteErrorCode.SQLITE_NOTADB.code || code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
      return "; where it is a ledger, the next command moves it away and makes a new one of the tables' receipts; where it is something else, name another file in ledger.url";
    }
    return mayPass(failure) ? "; another process holds it for long, look for one that hangs" : "";
  }

  /** Without the extension that says more of it. */
  private static int primary(SQLException failure) {
    return failure.getErrorCode() & 0xff;
  }
}
