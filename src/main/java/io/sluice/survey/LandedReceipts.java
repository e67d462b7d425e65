package io.sluice.survey;

import io.sluice.api.Look;
import io.sluice.deltalog.Commit;
import io.sluice.deltalog.Receipt;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.MadeFacts;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Finds what dead attempts published, and what they would have told the ledger of it. */
public final class LandedReceipts implements Receipts {
  private final Lake lake;
  private final Ledger ledger;
  private final Tails tails;
  private final Unobtainable unobtainable;
  private final BiFunction<Job, List<Interval>, Map<Interval, Look>> look;

  /**
   * @param look what the source of a job holds for intervals now
   */
  public LandedReceipts(
      Lake lake,
      Ledger ledger,
      Tails tails,
      Unobtainable unobtainable,
      BiFunction<Job, List<Interval>, Map<Interval, Look>> look) {
    this.lake = lake;
    this.ledger = ledger;
    this.tails = tails;
    this.unobtainable = unobtainable;
    this.look = look;
  }

  @Override
  public Optional<MadeFacts> landed(AttemptRow attempt) {
    Optional<Job> job = TableName.parse(attempt.job()).flatMap(lake::find);
    if (job.isEmpty()) {
      return Optional.empty();
    }
    for (Commit commit :
        tails.since(lake.path(job.get().name()), attempt.baseVersion()).commits()) {
      Optional<Receipt> receipt =
          commit.receipt().filter(found -> found.attempt().equals(attempt.id()));
      if (receipt.isPresent()) {
        ReceiptFacts facts = new ReceiptFacts(lake, ledger, tails, unobtainable, look);
        return receipt.map(found -> facts.of(job.get(), found, commit));
      }
    }
    return Optional.empty();
  }
}
