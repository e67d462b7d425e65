package io.sluice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sluice.api.Look;
import io.sluice.deltalog.Receipt;
import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.RowRule;
import io.sluice.testing.Jobs;
import io.sluice.testing.TestSpark;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SourceTaskTest {
  private static final List<Interval> TWO = Jobs.days("2011-01-01", "2011-01-02");

  private final MemoryTables tables = new MemoryTables();
  private final FakeFeeds feeds = new FakeFeeds();
  private Job job = Jobs.csv("raw.sales").build();

  @Test
  void receivedRowsAreDatedByTheIntervalTheyCameWith() {
    feeds.has("2011-01-01", "v1");
    feeds.sql =
        """
        SELECT * FROM VALUES ('2011-01-01', 'A', NULL), ('2011-01-01', 'B', NULL),
          ('2011-01-02', 'C', NULL) AS t(arrived, code, rejected)
        """;

    Outcome.Made made = made();

    assertEquals(
        List.of(
            "[A,2011-01-01.csv,2011-02-01 00:00:00.0,2011-01-01]",
            "[B,2011-01-01.csv,2011-02-01 00:00:00.0,2011-01-01]",
            "[C,2011-01-02.csv,2011-02-01 00:00:00.0,2011-01-02]"),
        tables.rows("mem:/lake/raw/sales"));
    assertEquals(
        List.of(new Receipt.Made(TWO.get(0), 2, 0), new Receipt.Made(TWO.get(1), 1, 0)),
        made.receipt().made());
    assertEquals(
        List.of(Look.Presence.PRESENT, Look.Presence.EMPTY),
        new TreeMap<>(made.looks()).values().stream().map(Look::presence).toList());
  }

  @Test
  void whatCantBeReadGoesToQuarantineAsReceived() {
    feeds.sql =
        """
        SELECT * FROM VALUES ('2011-01-01', 'A', NULL), ('2011-01-02', NULL, 'not a date'),
          ('2011-01-02', 'C', NULL) AS t(arrived, code, rejected)
        """;

    Outcome.Made made = made();

    assertEquals(
        List.of(new Receipt.Made(TWO.get(0), 1, 0), new Receipt.Made(TWO.get(1), 1, 1)),
        made.receipt().made());
    assertEquals(
        "[[2011-01-02T00:00,2011-01-03T00:00,readable,not a date,2011-01-02.csv,as received]]",
        String.valueOf(tables.quarantined.get("a1")));
  }

  @Test
  void rowsThatBreakARuleAreKeptAsJsonWithTheRuleInWords() {
    job =
        Jobs.csv("raw.sales")
            .expect("coded", "code <> 'B'", RowRule.Action.QUARANTINE)
            .limit(100)
            .build();
    feeds.sql =
        """
        SELECT * FROM VALUES ('2011-01-01', 'A', NULL), ('2011-01-01', 'B', NULL),
          ('2011-01-02', NULL, NULL) AS t(arrived, code, rejected)
        """;

    made();

    assertEquals(
        "[[2011-01-01T00:00,2011-01-02T00:00,coded,code <> 'B',2011-01-01.csv,"
            + "{\"code\":\"B\",\"_source\":\"2011-01-01.csv\","
            + "\"_received_at\":\"2011-02-01T00:00:00.000Z\",\"day\":\"2011-01-01\"}], "
            + "[2011-01-02T00:00,2011-01-03T00:00,coded,code <> 'B',2011-01-02.csv,"
            + "{\"_source\":\"2011-01-02.csv\",\"_received_at\":\"2011-02-01T00:00:00.000Z\","
            + "\"day\":\"2011-01-02\"}]]",
        String.valueOf(tables.quarantined.get("a1")));
  }

  @Test
  void aReceivedIntervalColumnMustBeADate() {
    feeds.sql = "SELECT '2011-01-01' AS arrived, '1.1.2011' AS day, NULL AS rejected";

    assertEquals(
        "raw.sales 2011-01-01 .. 2011-01-02: jobs/raw/sales.sql:1: column day says which day a row"
            + " belongs to, but is STRING; make it a DATE or TIMESTAMP by declaring it in"
            + " `columns`",
        failed(FailureClass.DEFINITE, List.of()));
  }

  @Test
  void aSourceThatChangesWhileItIsReadIsReadAgain() {
    feeds.has("2011-01-02", "v1");
    feeds.sql = "SELECT '2011-01-01' AS arrived, 'A' AS code, NULL AS rejected";
    feeds.whenRead = () -> feeds.has("2011-01-02", "v2");

    assertEquals(
        "raw.sales 2011-01-01 .. 2011-01-02: 2011-01-02.csv changed while it was read; it is read"
            + " again at the next try",
        failed(FailureClass.TRANSIENT, List.of(TWO.get(1))));
  }

  @Test
  void anIntervalThatMustHaveAFileAndHasNoneIsToBlame() {
    feeds.looks.put(
        TWO.get(0), new Look(Look.Presence.MISSING, List.of(), "no landing/2011-01-01.csv"));

    assertEquals(
        "raw.sales 2011-01-01 .. 2011-01-02: the source has nothing for 2011-01-01: no"
            + " landing/2011-01-01.csv",
        failed(FailureClass.QUALITY, List.of(TWO.get(0))));
  }

  @Test
  void whatAFailedAttemptPutIntoQuarantineIsForgottenHoweverItFailed() {
    feeds.sql = "SELECT '2011-01-01' AS arrived, 'A' AS code, 'no' AS rejected";
    List<Runnable> failures =
        List.of(
            () -> {
              throw new IllegalStateException("lost after the commit");
            },
            () -> {
              throw new OutOfMemoryError("full");
            },
            () -> {
              Thread.currentThread().interrupt();
              throw new IllegalStateException("stopped after the commit");
            });
    for (Runnable failure : failures) {
      tables.whenQuarantined = failure;

      assertInstanceOf(Outcome.Failed.class, make());

      Thread.interrupted();
      assertEquals(Map.of(), tables.quarantined);
    }
    assertEquals(failures.size(), tables.closed);
  }

  @Test
  void whatIsInQuarantineStaysWhereTheCommitMayHaveBeenMade() {
    feeds.sql =
        "SELECT '2011-01-01' AS arrived, 'A' AS code, NULL AS rejected"
            + " UNION ALL SELECT '2011-01-01', 'B', 'no'";
    tables.whenPublished =
        () -> {
          throw new IllegalStateException("no answer from the store");
        };

    assertInstanceOf(Outcome.Failed.class, make());

    assertEquals(1, tables.receipts.get(0).made().get(0).quarantined());
    assertEquals(Set.of("a1"), tables.quarantined.keySet());
  }

  private Outcome.Made made() {
    return assertInstanceOf(Outcome.Made.class, make());
  }

  private String failed(FailureClass kind, List<Interval> culprits) {
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, make());
    assertEquals(kind, failed.kind(), failed.message());
    assertEquals(culprits, failed.culprits());
    assertEquals(List.of(), tables.receipts);
    assertEquals(Map.of(), tables.quarantined);
    return failed.message();
  }

  private Outcome make() {
    Lake lake = Jobs.lake("mem:/lake", job);
    return new SparkTaskMaker(TestSpark::session, lake, session -> tables, feeds)
        .make(new TaskOrder(job, TWO, "r1", "a1"));
  }
}
