package io.sluice.ledger;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite. */
class SqliteLedgerTest extends ConcurrencyContract {

  @TempDir Path folder;

  @Override
  Ledger open() {
    return Ledgers.open(url(), Optional.empty(), Optional.empty());
  }

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("not/yet/there/ledger.db");
  }
}
