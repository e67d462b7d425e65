package io.sluice.ledger;

import static io.sluice.ledger.Days.NOON;
import static io.sluice.ledger.Days.attempt;
import static io.sluice.ledger.Days.day;
import static io.sluice.ledger.Days.made;

import java.io.IOException;
import java.util.Optional;

/** A driver of its own that makes the even days, once it is told to. */
final class OtherProcess {
  private OtherProcess() {}

  public static void main(String[] args) throws IOException {
    try (Ledger ledger =
        Ledgers.open("jdbc:sqlite:" + args[0], Optional.empty(), Optional.empty())) {
      System.out.println("ready");
      if (System.in.read() < 0) {
        throw new IllegalStateException("Nobody told me to begin");
      }
      for (int day = 2; day <= 31; day += 2) {
        ledger.attemptStarted(attempt("theirs" + day, day(day)));
        ledger.attemptMade("theirs" + day, NOON, made("theirs" + day, "d1", day, day, day));
      }
    }
  }
}
