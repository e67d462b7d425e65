package io.sluice.rehearsal;

import java.util.Locale;

/** A step in the life of a task, before or after which a fault can be asked for. */
public enum FaultPoint {
  LEASE("the lease of the job is taken, or renewed"),
  FENCE("the table is told to refuse the driver that the job was taken over from"),
  ATTEMPT("the ledger is told that an attempt begins"),
  STAGE("the rows are written beside the table"),
  QUARANTINE("rows that were turned away are written"),
  COMMIT("the table is given the rows and the receipt"),
  LEDGER("the ledger is told what was made");

  private final String what;

  FaultPoint(String what) {
    this.what = what;
  }

  /** As a person types it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The step, for people. */
  public String what() {
    return what;
  }
}
