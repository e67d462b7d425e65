package io.sluice.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.cli.Engine;
import io.sluice.cli.PlanRequest;
import io.sluice.cli.Progress;
import io.sluice.cli.Shell;
import io.sluice.deltalog.Commit;
import io.sluice.deltalog.Receipt;
import io.sluice.deltalog.StoredFolder;
import io.sluice.deltalog.TableLog;
import io.sluice.ledger.AttemptRow;
import io.sluice.ledger.RunRow;
import io.sluice.plan.PlannedTask;
import io.sluice.run.Verdict;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestSpark;
import io.sluice.time.TypedDate;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A project in a folder, its commands, and what its tables hold. */
final class TestLake {
  private final Path folder;
  private final SettableClock clock;
  private final Shell shell;

  private TestLake(Path folder, String now) {
    this.folder = folder;
    this.clock = new SettableClock(Instant.parse(now));
    this.shell = new Shell(folder, clock);
  }

  /** An empty project: in UTC, and the clock stands at this moment. */
  static TestLake at(Path folder, String now) {
    return new TestLake(folder, now).file("conf/lake.conf", "name = test\n");
  }

  /** A project that is there. */
  static TestLake of(Path folder, String now) {
    return new TestLake(folder, now);
  }

  Path folder() {
    return folder;
  }

  Shell shell() {
    return shell;
  }

  TestLake now(String moment) {
    clock.set(Instant.parse(moment));
    return this;
  }

  // ---- files

  TestLake file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A landing file, compressed where its name ends with {@code .gz}. */
  TestLake land(String name, String... lines) {
    String text = String.join("\n", lines) + "\n";
    if (!name.endsWith(".gz")) {
      return file("landing/" + name, text);
    }
    Path file = folder.resolve("landing/" + name);
    try {
      Files.createDirectories(file.getParent());
      try (Writer writer =
          new OutputStreamWriter(
              new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
        writer.write(text);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file, or a folder with all in it. */
  TestLake remove(String name) {
    Path path = folder.resolve(name);
    try {
      if (Files.isDirectory(path)) {
        StoredFolder.at(path.toString(), Map.of()).remove();
      } else {
        Files.delete(path);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes a file of the project, which must change by it. */
  TestLake edit(String name, Function<String, String> change) {
    try {
      String before = Files.readString(folder.resolve(name));
      String after = change.apply(before);
      if (after.equals(before)) {
        throw new AssertionError("Nothing changed in " + name);
      }
      return file(name, after);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- commands

  /** Each command is typed a second after the one before. */
  Shell.Said type(String... args) {
    clock.advance(Duration.ofSeconds(1));
    return shell.type(args);
  }

  /** Types a command while the clock runs ahead, half a minute each time it is looked at. */
  Shell.Said typeInAHurry(String... args) {
    Clock ahead =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return clock.getZone();
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            clock.advance(Duration.ofSeconds(30));
            return clock.instant();
          }
        };
    return new Shell(folder, ahead).type(args);
  }

  /** Runs, and insists that all was made. */
  Shell.Said run(String... more) {
    return made(with("run", more));
  }

  Shell.Said backfill(String... more) {
    return made(with("backfill", more));
  }

  /** Types a command, and insists that it ends well. */
  Shell.Said made(String... args) {
    Shell.Said said = type(args);
    assertEquals(
        0, said.exit(), () -> String.join(" ", args) + ":\n" + said.err() + "\n" + said.out());
    return said;
  }

  /** The plan, a line a task, with blanks put together; empty where nothing is to be made. */
  String plan(String... more) {
    return tasks(made(with("plan", more)).out());
  }

  /** The tasks of a plan as it was printed, a line each, with blanks put together. */
  static String tasks(String plan) {
    return plan.lines()
        .filter(line -> line.contains("  ") && !line.startsWith("job "))
        .map(line -> line.strip().replaceAll(" {2,}", " | ") + "\n")
        .reduce("", String::concat);
  }

  /** What the plan says besides its tasks. */
  List<String> remarks(String... more) {
    return made(with("plan", more))
        .out()
        .lines()
        .filter(line -> line.startsWith("waiting: ") || line.startsWith("note: "))
        .toList();
  }

  private static String[] with(String command, String... more) {
    String[] all = Arrays.copyOf(new String[] {command}, more.length + 1);
    System.arraycopy(more, 0, all, 1, more.length);
    return all;
  }

  /** What an engine answers that is closed afterwards. */
  <T> T ask(Function<Engine, T> question) {
    try (Engine engine = shell.open()) {
      return question.apply(engine);
    }
  }

  List<PlannedTask> tasks() {
    return ask(engine -> engine.plan(PlanRequest.upTo(Optional.empty())).tasks());
  }

  Verdict runUpTo(Optional<String> last) {
    try (Engine engine = shell.open();
        Progress progress = new Progress(new PrintWriter(Writer.nullWriter()), false, clock)) {
      return engine.run(
          PlanRequest.upTo(last.map(date -> TypedDate.parse(date).orElseThrow())), "run", progress);
    }
  }

  /** Newest first. */
  List<RunRow> history() {
    return ask(engine -> engine.ledger().runs(100));
  }

  /** Of all runs, the newest run's first. */
  List<AttemptRow> attempts() {
    return ask(
        engine ->
            engine.ledger().runs(1000).stream()
                .flatMap(run -> engine.ledger().attempts(run.id()).stream())
                .toList());
  }

  // ---- tables

  String path(String table) {
    return folder.resolve("lake/" + table.replace('.', '/')).toString();
  }

  Dataset<Row> table(String table) {
    return TestSpark.session().newSession().read().format("delta").load(path(table));
  }

  /** These columns, or all but the moment of receiving; sorted, with the project's folder as ~. */
  List<String> rows(String table, String... columns) {
    Dataset<Row> all = table(table).drop("_received_at");
    Dataset<Row> asked = columns.length == 0 ? all : all.selectExpr(columns);
    return asked.collectAsList().stream()
        .map(row -> row.mkString("|").replace(folder.toString(), "~"))
        .sorted()
        .toList();
  }

  OptionalLong version(String table) {
    return TableLog.at(path(table), Map.of()).latest();
  }

  List<Receipt> receipts(String table) {
    return TableLog.at(path(table), Map.of()).since(-1).commits().stream()
        .map(Commit::receipt)
        .flatMap(Optional::stream)
        .toList();
  }
}
