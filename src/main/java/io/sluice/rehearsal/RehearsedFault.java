package io.sluice.rehearsal;

/** A failure that was asked for; it may pass by itself. */
public final class RehearsedFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  RehearsedFault(String fault) {
    super("rehearsed: " + fault);
  }
}
