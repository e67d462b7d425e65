package io.sluice.survey;

import io.sluice.api.Look;
import io.sluice.deltalog.Commit;
import io.sluice.deltalog.LogTail;
import io.sluice.deltalog.Receipt;
import io.sluice.graph.Graph;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.TableName;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.JobFacts;
import io.sluice.ledger.Ledger;
import io.sluice.ledger.LedgerException;
import io.sluice.ledger.StalePosition;
import io.sluice.time.Interval;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Tells the ledger of receipts that it does not know: of all, where it was lost, and of none on
 * most days. What the log of each job's own table holds after the version up to which the ledger
 * followed it is all that is looked at, and a plan reads that anyway.
 */
public final class CatchUp {
  private static final System.Logger LOG = System.getLogger(CatchUp.class.getName());
  private static final int MOST_TRIES = 5;

  private final Lake lake;
  private final Graph graph;
  private final Ledger ledger;
  private final Tails tails;
  private final Unobtainable unobtainable;
  private final BiFunction<Job, List<Interval>, Map<Interval, Look>> look;
  private final Clock clock;

  /**
   * @param tails that remember: each log is asked for at each of its versions
   * @param look what the source of a job holds for intervals now
   */
  public CatchUp(
      Lake lake,
      Graph graph,
      Ledger ledger,
      RememberedTails tails,
      Unobtainable unobtainable,
      BiFunction<Job, List<Interval>, Map<Interval, Look>> look,
      Clock clock) {
    this.lake = lake;
    this.graph = graph;
    this.ledger = ledger;
    this.tails = tails;
    this.unobtainable = unobtainable;
    this.look = look;
    this.clock = clock;
  }

  /**
   * What the ledger was told.
   *
   * @param receipts how many, by table
   * @param notes what could not be told, and what to do about it
   * @param isAllItKnows whether it had known nothing before
   */
  public record Taken(Map<TableName, Integer> receipts, List<String> notes, boolean isAllItKnows) {
    public Taken {
      receipts = Map.copyOf(receipts);
      notes = List.copyOf(notes);
    }
  }

  /** Inputs before their readers: what a reader lacked is told by what its inputs had. */
  public Taken catchUp() {
    Map<String, JobFacts> known = ledger.facts();
    List<String> notes = new ArrayList<>();
    List<UnknownTableException> unknown = new ArrayList<>();
    Map<TableName, List<KeptAcceptance>> accepted = accepted(notes);
    Map<TableName, Integer> receipts = new HashMap<>();
    ReceiptFacts facts = new ReceiptFacts(lake, ledger, tails, unobtainable, look);
    for (Job job : graph.order()) {
      if (job.isMade()) {
        String name = job.name().toString();
        List<KeptAcceptance> own = accepted.getOrDefault(job.name(), List.of());
        try {
          int taken =
              catchUp(job, known.getOrDefault(name, JobFacts.none(name)), own, facts, notes);
          if (taken > 0) {
            receipts.put(job.name(), taken);
          }
        } catch (LedgerException e) {
          throw e;
        } catch (RuntimeException e) {
          if (!known.containsKey(name)) {
            unknown.add(new UnknownTableException(job.name(), e));
          }
          // One table that can't be read is no reason to leave the others.
          notes.add("%s: its receipts are not known: %s".formatted(job.name(), e.getMessage()));
        }
      }
    }
    unknown.stream()
        .findFirst()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return new Taken(receipts, notes, known.isEmpty() && !receipts.isEmpty());
  }

  /**
   * Of one job alone, whose table takes no commit any more of who had it before: what that one told
   * another ledger.
   */
  public void catchUp(Job job) {
    List<String> notes = new ArrayList<>();
    catchUp(
        job,
        ledger.facts(job.name().toString()),
        List.of(),
        new ReceiptFacts(lake, ledger, tails, unobtainable, look),
        notes);
    notes.forEach(note -> LOG.log(System.Logger.Level.WARNING, note));
  }

  private int catchUp(
      Job job,
      JobFacts known,
      List<KeptAcceptance> accepted,
      ReceiptFacts facts,
      List<String> notes) {
    LogTail log = log(job, known);
    List<Commit> unknown = unknown(job, log);
    List<Receipt> receipts = unknown.stream().flatMap(commit -> commit.receipt().stream()).toList();
    boolean isLost = !known.positions().containsKey(job.name().toString()) || !unknown.isEmpty();
    WithoutReceipt.Found without =
        isLost
            ? new WithoutReceipt(lake).of(job, log, known.made(), receipts, clock.instant())
            : WithoutReceipt.Found.NOTHING;
    if (unknown.isEmpty() && accepted.isEmpty() && without.counted().isEmpty()) {
      notes.addAll(without.told());
      return 0;
    }
    facts.expect(job, receipts);
    List<KeptAcceptance> all = new ArrayList<>(accepted);
    without
        .counted()
        .map(counted -> facts.withItems(job, counted))
        .map(counted -> receipts.isEmpty() ? counted.seeing(inputs(job)) : counted)
        .ifPresent(counted -> all.add(0, counted));
    for (int tries = 1; ; tries++) {
      try {
        ledger.together(() -> take(job, unknown, all, facts));
        notes.addAll(without.told());
        return unknown.size() + accepted.size();
      } catch (StalePosition moved) {
        // Another process catches up as well.
        if (tries == MOST_TRIES) {
          throw moved;
        }
      }
    }
  }

  /** Where no receipt says from where on the inputs' logs are to be followed, it is from here. */
  private Map<TableName, Long> inputs(Job job) {
    Map<TableName, Long> versions = new HashMap<>();
    for (TableName input : job.inputs().keySet()) {
      tails.since(lake.path(input), -1).latest().ifPresent(version -> versions.put(input, version));
    }
    return versions;
  }

  /** What happened to the job's table after what the ledger knows of it. */
  private LogTail log(Job job, JobFacts known) {
    long position = known.positions().getOrDefault(job.name().toString(), -1L);
    String path = lake.path(job.name());
    LogTail tail = tails.since(path, position);
    boolean isAnew = tail.latest().isPresent() && tail.latest().getAsLong() < position;
    return isAnew ? tails.since(path, -1) : tail;
  }

  /** Commits with a receipt of the job whose attempt the ledger does not know to be made. */
  private List<Commit> unknown(Job job, LogTail log) {
    return log.commits().stream()
        .filter(
            commit ->
                commit
                    .receipt()
                    .filter(receipt -> receipt.job().equals(job.name().toString()))
                    .filter(receipt -> isUnknown(receipt.attempt()))
                    .isPresent())
        .toList();
  }

  /** What is open may still be at work, and is settled where it is not. */
  private boolean isUnknown(String attempt) {
    Optional<AttemptRow> known = ledger.attempt(attempt);
    return known.isEmpty() || known.get().hasFailed();
  }

  /** In the order in which it happened. */
  private void take(
      Job job, List<Commit> unknown, List<KeptAcceptance> accepted, ReceiptFacts facts) {
    Acceptance acceptance = new Acceptance(lake, ledger, tails, look);
    List<KeptAcceptance> left = new ArrayList<>(accepted);
    for (Commit commit : unknown) {
      while (!left.isEmpty() && left.get(0).version() < commit.version()) {
        acceptance.take(job, left.remove(0));
      }
      Receipt receipt = commit.receipt().orElseThrow();
      if (ledger.attempt(receipt.attempt()).isEmpty()) {
        ledger.distrust(job.name().toString(), ledger.now(clock.instant()));
      }
      ledger.attemptMade(receipt.attempt(), commit.at(), facts.of(job, receipt, commit));
    }
    left.forEach(last -> acceptance.take(job, last));
  }

  /** Those that the ledger does not know, in the order in which they were accepted. */
  private Map<TableName, List<KeptAcceptance>> accepted(List<String> notes) {
    Map<TableName, List<KeptAcceptance>> accepted = new HashMap<>();
    KeptAcceptances kept = new KeptAcceptances(lake);
    for (String id : ids(kept, notes)) {
      if (ledger.attempt(id).isEmpty()) {
        try {
          KeptAcceptance one = kept.read(id);
          accepted.computeIfAbsent(one.job(), job -> new ArrayList<>()).add(one);
        } catch (RuntimeException e) {
          notes.add(String.valueOf(e.getMessage()));
        }
      }
    }
    accepted
        .values()
        .forEach(
            list ->
                list.sort(
                    Comparator.comparingLong(KeptAcceptance::version)
                        .thenComparing(KeptAcceptance::at)));
    return accepted;
  }

  private static List<String> ids(KeptAcceptances kept, List<String> notes) {
    try {
      return kept.ids();
    } catch (RuntimeException e) {
      notes.add("what was accepted is not looked at: " + e.getMessage());
      return List.of();
    }
  }
}
