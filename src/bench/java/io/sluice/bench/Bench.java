package io.sluice.bench;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs whole processes in turn and prints their CPU seconds as medians with spread, and as ratios
 * of Sluice to the program written by hand; every figure of a table comes from the same run.
 *
 * <p>System properties: {@code bench.rounds} (5), {@code bench.only} (a part of a scenario's name).
 */
public final class Bench {
  private final Path project;
  private final Path work;
  private final int rounds = Integer.getInteger("bench.rounds", 5);
  private final PrintStream out;

  private Bench(Path project, Path work, PrintStream out) {
    this.project = project;
    this.work = work;
    this.out = out;
  }

  /** Argument: the folder of the clone. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path project = Path.of(args[0]).toAbsolutePath();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    new Bench(project, project.resolve("target/bench"), out).run();
  }

  private void run() throws IOException, InterruptedException {
    sluice(fresh("warm"), List.of("plan"));
    scenario("one day", "2010-12-01", "range", List.of("run", "--to", "2010-12-01"));
    scenario("31 days in one run", "2010-12-31", "range", List.of("run", "--to", "2010-12-31"));
    scenario("the whole year", "2011-12-09", "range", List.of("run"));
    scenario(
        "31 days, a task a day",
        "2010-12-31",
        "daily",
        List.of("--env", "daily", "run", "--to", "2010-12-31"));
    noSpark();
  }

  private void scenario(String name, String last, String mode, List<String> command)
      throws IOException, InterruptedException {
    if (!name.contains(System.getProperty("bench.only", ""))) {
      return;
    }
    Map<String, Figures> figures =
        Map.of("a plain", new Figures(), "b lean", new Figures(), "c Sluice", new Figures());
    for (int round = 0; round < rounds; round++) {
      figures.get("a plain").add(byHand(fresh("a"), last, "plain", mode));
      figures.get("b lean").add(byHand(fresh("b"), last, "lean", mode));
      figures.get("c Sluice").add(sluice(fresh("c"), command));
    }
    out.println("## " + name);
    figures.keySet().stream()
        .sorted()
        .forEach(program -> out.println("%-9s %s".formatted(program, figures.get(program))));
    double c = figures.get("c Sluice").cpu();
    out.printf(
        Locale.ROOT,
        "c/a %.2f  c/b %.2f%n%n",
        c / figures.get("a plain").cpu(),
        c / figures.get("b lean").cpu());
  }

  /** What needs no Spark: a plan, and a run with nothing to do. */
  private void noSpark() throws IOException, InterruptedException {
    if (!"up to date".contains(System.getProperty("bench.only", ""))) {
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
    out.println("run       " + run);
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

  private Timing byHand(Path folder, String last, String session, String mode)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    if (session.equals("lean")) {
      command.addAll(List.of(System.getProperty("bench.flags", "").split(" ")));
      command.removeIf(String::isBlank);
    }
    command.addAll(List.of(System.getProperty("bench.opens", "").split(" ")));
    command.removeIf(String::isBlank);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            HandWritten.class.getName(),
            folder.resolve("landing/sales").toString(),
            folder.resolve("lake").toString(),
            "2010-12-01",
            last,
            session,
            mode));
    return timed(folder, command);
  }

  private Timing sluice(Path folder, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(project.resolve("sluice").toString());
    command.addAll(List.of("--project", folder.toString()));
    command.addAll(arguments);
    return timed(folder, command);
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
