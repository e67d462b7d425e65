package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.cli.Shell;
import io.sluice.ledger.AttemptRow;
import io.sluice.time.Cadence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The table of {@code docs/failures.md}: tests that bring a failure about check its row, or write
 * it anew with {@code -Dsluice.write=true}.
 */
final class FailuresPage {
  private static final Path PAGE = Path.of("docs/failures.md");

  private FailuresPage() {}

  /** A failure that a test brings about by its real cause; the rows of the page, in its order. */
  enum Failing {
    NO_SUCH_COLUMN("SQL that names a column that is not there"),
    BAD_CAST("a value that can't be cast, on one day"),
    BROKEN_RULE("a `require` rule that one day breaks"),
    BROKEN_PARQUET("a Parquet file that breaks off, on one day"),
    BROKEN_FILE("a broken file of a table that is read"),
    MISSING_FILE("a missing file of a table that is read"),
    HOLE_IN_LOG("a missing file in the log of a table that is read"),
    RIVAL_COMMIT("a commit of somebody else's to the same days meanwhile"),
    API_WITHOUT_PAGE("an API that answers 404"),
    API_DOWN("an API that answers 503"),
    DATABASE_DOWN("a database that refuses connections"),
    DATABASE_KILLED("a database that is killed while its rows are read"),
    S3_BUSY("an S3 that answers 503 (SlowDown)"),
    S3_SILENT("an S3 that does not answer in time"),
    S3_DENIED("an S3 that does not know these keys"),
    DISK_FULL("a disk that is full"),
    DISK_READ_ONLY("a disk that can only be read"),
    EXECUTOR_LOST("executors that are lost again and again"),
    FETCH_FAILED("shuffle files that are lost again and again"),
    CONTEXT_ENDED("a Spark context that ends while a task is at work"),
    TOO_LITTLE_MEMORY("not enough memory for a month"),
    TOO_LONG("a task over its `timeout`"),
    TERMINATED("SIGTERM, or Ctrl-C, while a task is at work");

    private final String words;

    Failing(String words) {
      this.words = words;
    }
  }

  /** Insists that the page tells of the newest run of the lake as it was. */
  static void found(Failing what, String job, TestLake lake, Shell.Said said) throws IOException {
    String row = row(what, job, lake, said);
    if (Boolean.getBoolean("sluice.write")) {
      write(what, row);
    }
    assertEquals(row, rows().get(what));
  }

  private static String row(Failing what, String job, TestLake lake, Shell.Said said) {
    List<AttemptRow> attempts = new ArrayList<>(lake.attempts());
    String newest = attempts.get(0).run();
    List<AttemptRow> own =
        attempts.stream()
            .filter(one -> one.job().equals(job) && one.run().equals(newest))
            .sorted(Comparator.comparing(AttemptRow::startedAt).thenComparing(AttemptRow::id))
            .toList();
    String kind =
        own.stream()
            .map(AttemptRow::failureClass)
            .filter(failure -> !failure.isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    String tries =
        own.stream()
            .map(one -> "%d %s".formatted(one.intervals().split(Cadence.DAY).size(), one.state()))
            .collect(Collectors.joining(", "));
    String line =
        said.lastLine()
            .replace(lake.folder().toUri().toString(), "…/")
            .replace(lake.folder().toString(), "…")
            .replaceAll("(localhost|127\\.0\\.0\\.1):\\d{2,}", "$1:…")
            .replaceAll("\\S*blockmgr[^;|]*", "…")
            .replaceAll("executor \\d+", "executor …")
            .replaceAll("Job \\d+ cancelled", "Job … cancelled")
            .replaceAll("Request ID: [^)]+", "Request ID: …")
            .replaceAll("(An I/O error occurred|FATAL: terminating|This connection)[^.]*\\.", "….")
            .replaceAll("day=2011-01-0\\d; nothing", "day=…; nothing")
            .replaceAll("part-[-0-9a-zA-Z.]+", "part-….parquet")
            .replaceAll("found \\[[-0-9, ]+\\]", "found […]")
            .replace("|", "\\|");
    return "| %s | %s | %s | %d | %s |".formatted(what.words, kind, tries, said.exit(), line);
  }

  /** The page's rows; fails where it has one that no test writes. */
  static Map<Failing, String> rows() throws IOException {
    Map<Failing, String> rows = new EnumMap<>(Failing.class);
    List<String> page = Files.readAllLines(PAGE);
    for (int i = first(page); i < page.size() && page.get(i).startsWith("|"); i++) {
      String row = page.get(i);
      String words = row.substring(2, row.indexOf(" | "));
      Failing what =
          List.of(Failing.values()).stream()
              .filter(one -> one.words.equals(words))
              .findFirst()
              .orElseThrow(() -> new AssertionError("No test brings this about: " + words));
      rows.put(what, row);
    }
    return rows;
  }

  private static synchronized void write(Failing what, String row) throws IOException {
    List<String> page = Files.readAllLines(PAGE);
    int first = first(page);
    int end = first;
    while (end < page.size() && page.get(end).startsWith("|")) {
      end++;
    }
    Map<Failing, String> rows = rows();
    rows.put(what, row);
    List<String> written = new ArrayList<>(page.subList(0, first));
    written.addAll(rows.values());
    written.addAll(page.subList(end, page.size()));
    Files.write(PAGE, written);
  }

  private static int first(List<String> page) {
    return page.indexOf("|---|---|---|---|---|") + 1;
  }
}
