package io.sluice.cli;

import io.sluice.lake.Lake;
import io.sluice.table.commit.SafeCommits;
import java.util.List;
import java.util.Optional;

/** Whether two drivers can commit to the lake's tables without losing a commit. */
final class CommitCheckUp {
  private CommitCheckUp() {}

  static Finding finding(Lake lake) {
    String what = "commits";
    return doubt(lake)
        .map(why -> new Finding(what, !isAlone(lake), advice(lake, why)))
        .orElseGet(() -> new Finding(what, true, "safe from many drivers at once"));
  }

  /** What to say before a run; nothing where a ledger keeps the drivers apart. */
  static List<String> warnings(Lake lake) {
    return doubt(lake).filter(why -> isAlone(lake)).map(why -> advice(lake, why)).stream().toList();
  }

  private static Optional<String> doubt(Lake lake) {
    return SafeCommits.doubt(
        lake.root(),
        key ->
            Optional.ofNullable(lake.spark().get(key))
                .or(() -> Optional.ofNullable(System.getProperty(key))));
  }

  /** Storage that other machines reach, and a ledger that they don't. */
  private static boolean isAlone(Lake lake) {
    return lake.root().startsWith("s3a:") && lake.ledger().url().startsWith("jdbc:sqlite:");
  }

  private static String advice(Lake lake, String why) {
    return ("two drivers that write to %s at once may lose each other's commits: %s; until then all of"
            + " them must share one ledger, which hands out leases%s")
        .formatted(
            lake.root(),
            why,
            isAlone(lake) ? "; from more than one machine that is PostgreSQL (ledger.url)" : "");
  }
}
