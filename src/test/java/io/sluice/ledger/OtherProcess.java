package io.sluice.ledger;

import static io.sluice.ledger.Days.NOON;
import static io.sluice.ledger.Days.attempt;
import static io.sluice.ledger.Days.day;
import static io.sluice.ledger.Days.made;

import java.util.Optional;

/** A driver of its own that makes the even days. */
final class OtherProcess {
  private OtherProcess() {}

  public static void main(String[] args) {
    try (Ledger ledger =
        Ledgers.open("jdbc:sqlite:" + args[0], Optional.empty(), Optional.empty())) {
      for (int day = 2; day <= 31; day += 2) {
        ledger.attemptStarted(attempt("theirs" + day, day(day)));
        ledger.attemptMade("theirs" + day, NOON, made("theirs" + day, "d1", day, day, day));
      }
    }
  }
}
