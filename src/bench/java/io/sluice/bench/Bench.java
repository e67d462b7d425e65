package io.sluice.bench;

import io.sluice.bench.ingest.IngestBench;
import io.sluice.bench.write.HashBench;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs whole processes in turn and prints their CPU seconds as medians with spread, and as ratios
 * of Sluice to the program written by hand; every figure of a table comes from the same run.
 *
 * <p>System properties: {@code bench.rounds} (5), {@code bench.only} (a part of a scenario's name),
 * {@code bench.rows} (3,000,000; of {@code hashes}).
 */
public final class Bench {
  private static final String FIRST = "2010-12-01";

  private final Path project;
  private final Path work;
  private final Launcher launcher;
  private final int rounds = Integer.getInteger("bench.rounds", 5);
  private final long rows = Long.getLong("bench.rows", 3_000_000);
  private final String only = System.getProperty("bench.only", "");
  private final PrintStream out;

  private Bench(Path project, Path work, PrintStream out) {
    this.project = project;
    this.work = work;
    this.launcher = new Launcher(project, work);
    this.out = out;
  }

  /** Argument: the folder of the clone. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path project = Path.of(args[0]).toAbsolutePath();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    new Bench(project, project.resolve("target/bench"), out).run();
  }

  private void run() throws IOException, InterruptedException {
    if (!only.startsWith("ingest") && !only.equals("hashes")) {
      warmUp();
    }
    scenario("one day", FIRST, "range", List.of("run", "--to", FIRST));
    scenario("31 days in one run", "2010-12-31", "range", List.of("run", "--to", "2010-12-31"));
    scenario("the whole year", "2011-12-09", "range", List.of("run"));
    scenario(
        "31 days, a task a day",
        "2010-12-31",
        "daily",
        List.of("--env", "daily", "run", "--to", "2010-12-31"));
    noSpark();
    bigLake();
    ingest();
    hashes();
  }

  /** What the hashes of rows cost a write, in one process. */
  private void hashes() throws IOException, InterruptedException {
    if (!"hashes".contains(only)) {
      return;
    }
    out.printf(Locale.ROOT, "## hashes, %,d rows%n", rows);
    here(
        HashBench.class,
        List.of(
            work.resolve("hashes").toString(), String.valueOf(rounds), String.valueOf(rows)));
  }

  /** Reading alone, in one process: {@code ingest}, or {@code ingest csv} for a kind. */
  private void ingest() throws IOException, InterruptedException {
    String kind = only.startsWith("ingest ") ? only.substring("ingest ".length()) : "";
    if (!"ingest".contains(only) && kind.isEmpty()) {
      return;
    }
    out.println("## ingest");
    here(
        IngestBench.class,
        List.of(work.resolve("ingest").toString(), String.valueOf(rounds), kind));
  }

  private void here(Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(launcher.here(main, arguments)).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(main.getSimpleName() + " ended with " + process.exitValue());
    }
  }

  /** Makes both class-data archives, outside of all figures. */
  private void warmUp() throws IOException, InterruptedException {
    timed(
        fresh("warm"),
        launcher.sluice(List.of("--project", work.resolve("warm").toString(), "run", "--to", FIRST)));
    launcher.pack();
    Path folder = fresh("warm");
    timed(
        folder,
        launcher.training(HandWritten.class, byHand(folder, "2010-12-02", "lean", "range")));
  }

  private void scenario(String name, String last, String mode, List<String> command)
      throws IOException, InterruptedException {
    if (!name.contains(only)) {
      return;
    }
    Figures a = new Figures();
    Figures b = new Figures();
    Figures c = new Figures();
    for (int round = 0; round < rounds; round++) {
      Path plain = fresh("a");
      a.add(
          timed(
              plain, launcher.plain(HandWritten.class, byHand(plain, last, "plain", mode))));
      Path lean = fresh("b");
      b.add(
          timed(
              lean,
              launcher.lean(command, HandWritten.class, byHand(lean, last, "lean", mode))));
      c.add(sluice(fresh("c"), command));
      if (round == 0) {
        mustBeEqual("a", "b");
        mustBeEqual("a", "c");
      }
    }
    out.println("## " + name);
    out.println("a plain   " + a);
    out.println("b lean    " + b);
    out.println("c Sluice  " + c);
    out.printf(
        Locale.ROOT, "c/a %.2f  c/b %.2f%n%n", c.cpu() / a.cpu(), c.cpu() / b.cpu());
  }

  /** What needs no Spark: a plan, and a run with nothing to do. */
  private void noSpark() throws IOException, InterruptedException {
    if (!"up to date".contains(only)) {
      return;
    }
    Path lake = fresh("uptodate");
    sluice(lake, List.of("run", "--to", "2010-12-31"));
    Figures plan = new Figures();
    Figures run = new Figures();
    for (int round = 0; round < rounds; round++) {
      plan.add(sluice(lake, List.of("plan", "--to", "2010-12-31")));
      run.add(sluice(lake, List.of("run", "--to", "2010-12-31")));
    }
    out.println("## up to date");
    out.println("plan      " + plan);
    out.println("run       " + run + "\n");
  }

  /** A thousand jobs and ten years; all made, and with days that are to be made again. */
  private void bigLake() throws IOException, InterruptedException {
    if (!"a thousand jobs".contains(only)) {
      return;
    }
    out.println("## a thousand jobs, 3,650 days");
    for (int holes : List.of(0, 20)) {
      Path folder = work.resolve("big" + holes);
      shell("rm -rf '%s' && mkdir -p '%s'".formatted(folder, folder));
      new BigLake(folder, holes).write();
      Figures first = new Figures();
      first.add(sluice(folder, List.of("plan")));
      Figures plan = new Figures();
      for (int round = 0; round < rounds; round++) {
        plan.add(sluice(folder, List.of("plan")));
      }
      out.println(
          "%s: %s"
              .formatted(
                  holes == 0 ? "all made" : holes + " failed days a job",
                  lastLine(folder.resolve("out.log"))));
      out.println("first     " + first);
      out.println("plan      " + plan);
    }
  }

  private static String lastLine(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  private void mustBeEqual(String one, String other) throws IOException, InterruptedException {
    String left = contents(one);
    String right = contents(other);
    if (!left.equals(right)) {
      throw new IOException(
          "The tables differ.%n%s made%n%s%s made%n%s".formatted(one, left, other, right));
    }
  }

  private String contents(String name) throws IOException, InterruptedException {
    Path folder = work.resolve(name);
    timed(
        folder,
        launcher.lean(
            List.of("sql"), Contents.class, List.of(folder.resolve("lake").toString())));
    return Files.readString(folder.resolve("out.log"));
  }

  private Path fresh(String name) throws IOException, InterruptedException {
    Path folder = work.resolve(name);
    shell("rm -rf '%s' && mkdir -p '%s'".formatted(folder, folder));
    shell("cp -r '%s'/. '%s'".formatted(project.resolve("src/bench/project"), folder));
    shell(
        "ln -s '%s' '%s'"
            .formatted(project.resolve("src/sample/landing"), folder.resolve("landing")));
    return folder;
  }

  private static List<String> byHand(Path folder, String last, String session, String mode) {
    return List.of(
        folder.resolve("landing/sales").toString(),
        folder.resolve("lake").toString(),
        FIRST,
        last,
        session,
        mode);
  }

  private Timing sluice(Path folder, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("--project", folder.toString()));
    words.addAll(arguments);
    return timed(folder, launcher.sluice(words));
  }

  private Timing timed(Path folder, List<String> command)
      throws IOException, InterruptedException {
    File figures = folder.resolve("time").toFile();
    List<String> timed =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                "TIMEFORMAT='%U %S %R'; { time \"$@\" >out.log 2>err.log; } 2>time",
                "bash"));
    timed.addAll(command);
    Process process = new ProcessBuilder(timed).directory(folder.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IOException(
          "%s failed: %s%n%s"
              .formatted(
                  command,
                  Files.readString(folder.resolve("out.log")),
                  Files.readString(folder.resolve("err.log"))));
    }
    return Timing.parse(Files.readString(figures.toPath()).strip());
  }

  private static void shell(String command) throws IOException, InterruptedException {
    if (new ProcessBuilder("bash", "-c", command).inheritIO().start().waitFor() != 0) {
      throw new IOException("Failed: " + command);
    }
  }
}
