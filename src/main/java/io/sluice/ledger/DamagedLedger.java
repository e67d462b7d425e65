package io.sluice.ledger;

/** The database of the ledger can't be read where it should be readable. */
public final class DamagedLedger extends LedgerException {
  private static final long serialVersionUID = 1;

  DamagedLedger(String message, Throwable cause) {
    super(message, cause);
  }
}
